"""The rows of a comparison: one CSV line for each process that was run."""

import dataclasses
import statistics

import table

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


def read(path):
    return table.read(path, Row)


def write(path, rows):
    table.write(path, Row, rows)


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
