#!/usr/bin/env python3
"""Runs the benchmarks of bench/micro in turns, for bench/dispatch.sh.

One CSV line for each figure: a counter of a benchmark in one round. Times are
processor time, in nanoseconds.
"""

import argparse
import dataclasses
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import machine
import table

TIMEOUT_S = 600
MIN_TIME_S = '0.03'
# Fields of Google Benchmark's own; the others are counters.
OWN_FIELDS = {
    'name', 'family_index', 'per_family_instance_index', 'run_name',
    'run_type', 'repetitions', 'repetition_index', 'threads', 'iterations',
    'real_time', 'cpu_time', 'time_unit', 'error_occurred', 'error_message'}
# Counters that are times, in seconds.
TIMES = {'step', 'dispatch', 'instruction', 'byte'}
# What Valgrind counts, and how often: the difference between the two numbers
# of iterations is that of the benchmark alone.
COUNTED = r'^dispatch/[^/]+/(add|mixed|load|branch_taken|phrase)/1000$'
ITERATIONS = (2, 6)
STEPS_PER_ITERATION = 100_000


@dataclasses.dataclass
class Figure:
    build: str  # fingerprint of the binary
    compiler: str
    binary: str
    run: int
    name: str
    counter: str
    value: float


def say(text):
    print(f'dispatch: {text}', file=sys.stderr, flush=True)


def read(path):
    return table.read(path, Figure)


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()[:12]


def run_binary(folder, binary, words, env=None, front=()):
    """(output, errors, why it failed or '')."""
    path = os.path.join(folder, 'bench/micro', binary)
    try:
        done = subprocess.run(
            [*front, path, *words], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
            timeout=TIMEOUT_S, env=dict(os.environ, **(env or {})))
    except subprocess.TimeoutExpired:
        return '', '', f'over {TIMEOUT_S} s'
    except OSError as error:
        return '', '', str(error)
    err = done.stderr.decode('utf-8', 'replace')
    lines = err.strip().splitlines() or ['']
    why = f'exit code {done.returncode}: {lines[-1]}' if done.returncode else ''
    return done.stdout.decode('utf-8', 'replace'), err, why


def measure(folder, binary, pattern):
    """({(name, counter): value}, context, why it failed or '')."""
    # A file: benchmarks that are not built with ours may print as well.
    with tempfile.NamedTemporaryFile('r', suffix='.json') as result:
        _, _, why = run_binary(folder, binary, [
            f'--benchmark_filter={pattern}',
            f'--benchmark_min_time={MIN_TIME_S}',
            f'--benchmark_out={result.name}',
            '--benchmark_out_format=json'])
        text = result.read()
    if why:
        return {}, {}, why
    if not text.strip():
        return {}, {}, ''  # nothing matches the filter
    try:
        data = json.loads(text)
    except ValueError as error:
        return {}, {}, f'no JSON: {error}'
    found = {}
    for entry in data['benchmarks']:
        for key, value in entry.items():
            if key not in OWN_FIELDS:
                scale = 1e9 if key in TIMES else 1
                found[entry['name'], key] = float(value) * scale
    return found, data['context'], ''


def valgrind_totals(folder, name, iterations):
    """(instructions, branches) of a whole run, or None."""
    _, err, why = run_binary(
        folder, 'dispatch_bench', [f'--benchmark_filter=^{name}/iterations'],
        {'GOSHAWK_BENCH_ITERATIONS': str(iterations)},
        ('valgrind', '--tool=cachegrind', '--cache-sim=no',
         '--branch-sim=yes', '--cachegrind-out-file=/dev/null'))
    totals = [re.search(rf'{word}\s*:\s+([\d,]+)', err)
              for word in (r'I\s+refs', 'Branches')]
    if why or not all(totals):
        return None
    return [int(total[1].replace(',', '')) for total in totals]


def valgrind_counts(folder, name, dispatches):
    """Instructions and branches for one operation, by name."""
    totals = [valgrind_totals(folder, name, n) for n in ITERATIONS]
    if None in totals:
        return {}
    operations = (dispatches * STEPS_PER_ITERATION *
                  (ITERATIONS[1] - ITERATIONS[0]))
    return {(name, counter): (more - less) / operations
            for counter, less, more in
            zip(('instructions', 'branches'), *totals)}


class Study:
    """What is to be run, and the file that takes the figures."""

    def __init__(self, options):
        self.options = options
        self.folders = dict(c.split('=', 1) for c in options.compiler)
        self.path = os.path.join(options.out, 'dispatch.csv')
        self.builds = {
            (compiler, os.path.basename(path)): digest(path)
            for compiler, folder in self.folders.items()
            for path in sorted(glob.glob(folder + '/bench/micro/*_bench'))}
        self.figures = [] if options.fresh else [
            f for f in read(self.path)
            if self.builds.get((f.compiler, f.binary)) == f.build]
        self.failures = {}
        self.context = {}

    def add(self, run, compiler, binary, found):
        build = self.builds[compiler, binary]
        self.figures += [
            Figure(build, compiler, binary, run, name, counter,
                   float(f'{value:.5g}'))
            for (name, counter), value in found.items()]
        table.write(self.path, Figure, self.figures)

    def rounds(self):
        start = time.monotonic()
        for run in range(self.options.runs):
            before = time.monotonic()
            present = {(f.compiler, f.binary, f.run) for f in self.figures
                       if re.search(self.options.filter, f.name)}
            cells = sorted(self.builds, key=lambda cell: (cell[1], cell[0]),
                           reverse=run % 2 == 1)
            for compiler, binary in cells:
                if (compiler, binary, run) in present:
                    continue
                found, context, why = measure(self.folders[compiler], binary,
                                              self.options.filter)
                self.context.update(context)
                if why:
                    self.failures[f'{binary}, {compiler}'] = why
                    say(f'FAILED {binary} of {compiler}: {why}')
                    continue
                self.add(run, compiler, binary, found)
                say(f'round {run + 1}/{self.options.runs} {binary} of '
                    f'{compiler}: {len({name for name, _ in found})} '
                    f'benchmarks')
            took = time.monotonic() - before
            if time.monotonic() + took > start + 60 * self.options.minutes:
                say(f'{run + 1} rounds done; no time for more, see '
                    '--minutes')
                return

    def count(self):
        """Has Valgrind count where the processor does not. Says how."""
        why_not = self.context.get('hardware_counters', '')
        if why_not in ('available', ''):
            return why_not or 'not asked'
        if not shutil.which('valgrind'):
            return f'none: {why_not}; nor is there valgrind'
        cells = sorted({
            (f.compiler, f.name, f.value) for f in self.figures
            if f.run == 0 and f.counter == 'dispatches'
            and re.search(COUNTED, f.name)
            and re.search(self.options.filter, f.name)})
        done = {(f.compiler, f.name) for f in self.figures
                if f.counter == 'instructions'}
        for compiler, name, dispatches in cells:
            if (compiler, name) in done:
                continue
            found = valgrind_counts(self.folders[compiler], name, dispatches)
            if not found:
                self.failures[f'{name}, {compiler}'] = 'Valgrind fails'
            self.add(0, compiler, 'dispatch_bench', found)
        say(f'{len(cells)} benchmarks counted by Valgrind')
        return (f'none ({why_not}); instructions and branches are '
                "Valgrind's, wrong predictions are not known")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--out', required=True)
    parser.add_argument('--compiler', action='append', default=[])
    parser.add_argument('--left-out', action='append', default=[])
    parser.add_argument('--filter', default='.')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--minutes', type=float, default=15)
    parser.add_argument('--command', default='')
    parser.add_argument('--fresh', action='store_true')
    study = Study(parser.parse_args())
    start = time.time()
    study.rounds()
    counters = study.count()
    about = machine.describe_host(study.options.command)
    about.update(
        minutes=round((time.time() - start) / 60, 1), counters=counters,
        failures=study.failures,
        left_out=dict(c.split('=', 1) for c in study.options.left_out),
        versions={c: machine.output(c, '--version') for c in study.folders})
    with open(os.path.join(study.options.out, 'dispatch.json'), 'w',
              encoding='utf-8') as file:
        json.dump(about, file, indent=1)
    say(f'{len(study.failures)} failures, results in {study.path}')


if __name__ == '__main__':
    main()
