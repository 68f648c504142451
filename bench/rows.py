"""The rows of a comparison: one CSV line for each process that was run."""

import csv
import dataclasses
import os
import statistics

# Whole processes are measured of these, the computation inside of the rest.
WHOLE_PROCESS = ('hello', 'esbuild')


@dataclasses.dataclass
class Row:
    go: str
    program: str
    size: str  # full or small
    engine: str
    build: str  # fingerprint of the engine and of the program
    run: int
    status: str  # ok, failed or timeout
    checksum: str = ''
    repeats: int = 0
    best_ms: float = 0.0
    median_ms: float = 0.0
    wall_ms: float = 0.0
    user_ms: float = 0.0
    sys_ms: float = 0.0
    rss_kb: int = 0
    message: str = ''

    @property
    def cell(self):
        return self.go, self.program, self.size, self.engine

    @property
    def figure(self):
        """The milliseconds that this row contributes."""
        whole = self.program in WHOLE_PROCESS
        return self.wall_ms if whole else self.median_ms


FIELDS = dataclasses.fields(Row)


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, newline='', encoding='utf-8') as file:
        return [Row(**{f.name: f.type(line[f.name]) for f in FIELDS})
                for line in csv.DictReader(file)]


def write(path, rows):
    """Replaces the file in one step: an interruption leaves the old one."""
    with open(path + '.new', 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file)
        writer.writerow([f.name for f in FIELDS])
        writer.writerows(dataclasses.astuple(row) for row in rows)
    os.replace(path + '.new', path)


def append(path, row):
    with open(path, 'a', newline='', encoding='utf-8') as file:
        csv.writer(file).writerow(dataclasses.astuple(row))


def by_cell(rows):
    """The rows that count, by cell: those that ran to their end."""
    cells = {}
    for row in rows:
        if row.status == 'ok':
            cells.setdefault(row.cell, []).append(row)
    return cells


def failures(rows):
    """A list of (program, size, engine, what happened), each once.

    That an output disagrees is a failure too. The reference is native Go's
    where it ran, else what most engines print.
    """
    found = {}
    references = {}
    for row in rows:
        if row.status == 'ok':
            votes = references.setdefault((row.go, row.program, row.size), {})
            weight = 1000000 if row.engine == 'native' else 1
            votes[row.checksum] = votes.get(row.checksum, 0) + weight
    for row in rows:
        key = row.program, row.size, row.engine
        if row.status != 'ok':
            found[key] = f'{row.status}: {row.message}'
            continue
        votes = references[row.go, row.program, row.size]
        expected = max(votes, key=votes.get)
        if row.checksum != expected:
            found[key] = (f'wrong output: checksum {row.checksum}, '
                          f'expected {expected}')
    return [key + (what,) for key, what in sorted(found.items())]


def median(rows):
    return statistics.median(row.figure for row in rows)
