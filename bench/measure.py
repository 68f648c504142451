#!/usr/bin/env python3
"""Runs programs under engines, interleaved, and appends a row for each run.

Started by bench/compare.sh, which builds and finds what --path names. What
is already in the CSV is not run again unless its engine or program changed,
so that an interrupted comparison goes on where it stopped.
"""

import argparse
import functools
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import engines
import machine
import rows

TIMEOUT_S = 120
# Repeats inside one process, and the milliseconds after which it stops.
REPEATS, BUDGET_MS = '5', '1000'
# Cold starts are short and vary: so many for each run of the others.
HELLO_RUNS = 5

BENCH_LINE = re.compile(
    r'^bench \S+ size=\d+ repeats=(\d+) checksum=(\w+) '
    r'best_ms=([\d.]+) median_ms=([\d.]+)$', re.MULTILINE)


def say(text):
    print(f'compare: {text}', file=sys.stderr, flush=True)


@functools.lru_cache(maxsize=None)
def file_digest(name):
    with open(name, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def fingerprint(*files):
    digests = ''.join(file_digest(name) for name in files)
    return hashlib.sha256(digests.encode()).hexdigest()[:12]


class Plan:
    """What to run, from the command line."""

    def __init__(self, options):
        self.go = options.go
        self.suite = options.suite
        self.paths = {'node_flags': '', 'esbuild': ''}
        self.paths.update(p.split('=', 1) for p in options.path)
        self.engines = [engines.named(n) for n in options.engines]
        self.programs = options.programs
        self.runs = options.runs
        self.spawn = self.paths['spawn']

    def wasm(self, engine, program):
        return os.path.join(self.suite, engine.build, program)

    def sizes(self, engine, program):
        whole = program in rows.WHOLE_PROCESS
        return ('full',) if whole else engine.sizes

    def command(self, engine, program, size):
        """The words to run, or None where the engine cannot run that."""
        if program == 'esbuild':
            # A variant of an engine has that engine's command at its front.
            template = engines.ESBUILD_COMMANDS.get(
                engine.name.split(':')[0])
            if template is None or not self.paths['esbuild']:
                return None
            words = engines.fill(template + engines.ESBUILD_ARGUMENTS,
                                 self.paths)
            if ':' in engine.name:
                words.insert(2, '--dispatch=' + engine.name.split(':')[1])
            return words
        paths = dict(self.paths, wasm=self.wasm(engine, program))
        if not os.path.exists(paths['wasm']):
            return None
        words = engines.fill(engine.command, paths)
        if program not in rows.WHOLE_PROCESS:
            words += [size, REPEATS, BUDGET_MS]
        return words

    def build(self, engine, program):
        """Fingerprint of all that a row depends on."""
        files = [self.paths[need] for need in engine.needs]
        if program == 'esbuild':
            files.append(os.path.join(self.paths['esbuild'],
                                      'esbuild-wasm/esbuild.wasm'))
        else:
            files.append(self.wasm(engine, program))
        return fingerprint(*files)

    def run_count(self, program):
        return self.runs * (HELLO_RUNS if program == 'hello' else 1)


def execute(plan, engine, words):
    """Runs one process; returns (exit code, output, errors, usage)."""
    with tempfile.NamedTemporaryFile('r', prefix='goshawk-usage') as usage:
        done = subprocess.run(
            [plan.spawn, str(TIMEOUT_S), usage.name] + words,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, check=False,
            env=dict(os.environ, **dict(engine.env)))
        numbers = [int(n) for n in usage.read().split()] or [0] * 5
    return done.returncode, done.stdout, done.stderr, numbers


def reason_of(data):
    lines = data.decode('utf-8', 'replace').strip().splitlines()
    # The reason stands in the first line of a trace.
    return lines[0][:200] if lines else ''


def measure(plan, engine, program, size, run):
    row = rows.Row(plan.go, program, size, engine.name,
                   plan.build(engine, program), run, 'failed')
    code, out, err, usage = execute(plan, engine,
                                    plan.command(engine, program, size))
    row.wall_ms = round(usage[0] / 1e6, 3)
    row.user_ms, row.sys_ms = usage[1] / 1000, usage[2] / 1000
    row.rss_kb = usage[3]
    line = BENCH_LINE.search(out.decode('utf-8', 'replace'))
    if usage[4]:
        row.status, row.message = 'timeout', f'over {TIMEOUT_S} s'
    elif code != 0:
        row.message = f'exit code {code}: {reason_of(err or out)}'
    elif program in rows.WHOLE_PROCESS:
        row.status = 'ok'
        row.checksum = hashlib.sha256(out).hexdigest()[:16]
    elif line is None:
        row.message = f'no bench line in: {reason_of(out)}'
    else:
        row.status = 'ok'
        row.repeats, row.checksum = int(line[1]), line[2]
        row.best_ms, row.median_ms = float(line[3]), float(line[4])
    return row


def probe(plan, engine):
    """Why the engine cannot be measured here, or '' if it can."""
    missing = [need for need in engine.needs if need not in plan.paths]
    if missing:
        return f'{", ".join(missing)} cannot be had here'
    words = plan.command(engine, 'hello', 'full')
    if words is None:
        return f'Go {plan.go} makes no {engine.build} programs'
    code, out, err, _ = execute(plan, engine, words)
    if code != 0 or out != b'hello, world\n':
        return f'hello failed with exit code {code}: {reason_of(err or out)}'
    return ''


def usable_engines(plan):
    left_out = {}
    for engine in plan.engines:
        reason = probe(plan, engine)
        if reason:
            left_out[engine.name] = reason
            say(f'{engine.label} is left out: {reason}')
    plan.engines = [e for e in plan.engines if e.name not in left_out]
    return left_out


def schedule(plan):
    """Every process to run, in order: engines take turns within a program,
    programs within a round, so that a slow minute of the machine meets all.
    """
    for turn in range(plan.runs):
        for program in plan.programs:
            share = plan.run_count(program) // plan.runs
            for run in range(turn * share, (turn + 1) * share):
                start = run % max(1, len(plan.engines))
                for engine in plan.engines[start:] + plan.engines[:start]:
                    for size in plan.sizes(engine, program):
                        if plan.command(engine, program, size):
                            yield turn, program, run, engine, size


class Progress:
    """One line for each program and round, with the time that is left."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.monotonic()
        self.line, self.figures = None, {}

    def add(self, line, engine, row):
        if line != self.line:
            self.flush()
            self.line = line
        self.done += 1
        small = ' small' if row.size == 'small' else ''
        self.figures.setdefault(engine.name + small, []).append(row)

    def flush(self):
        shown = []
        for name, found in self.figures.items():
            good = [row for row in found if row.status == 'ok']
            shown.append(f'{name} {rows.median(good):.1f}' if good
                         else f'{name} {found[0].status}')
        if shown:
            spent = time.monotonic() - self.start
            left = spent / self.done * (self.total - self.done)
            say(f'{self.line}: {", ".join(shown)} '
                f'[{self.done}/{self.total}, {left / 60:.0f} min left]')
        self.figures = {}


def run_all(plan, csv_path):
    steps = list(schedule(plan))
    builds = {(e.name, p): plan.build(e, p) for _, p, _, e, _ in steps}
    kept = [row for row in rows.read(csv_path)
            if row.status == 'ok' and row.build == builds.get(
                (row.engine, row.program), row.build)]
    rows.write(csv_path, kept)
    present = {row.cell + (row.run,) for row in kept}
    steps = [s for s in steps
             if (plan.go, s[1], s[4], s[3].name, s[2]) not in present]
    say(f'{len(steps)} runs to do, {len(kept)} rows are there already')

    progress = Progress(len(steps))
    failed = set()
    for turn, program, run, engine, size in steps:
        cell = engine.name, program, size
        if cell in failed:
            progress.total -= 1
            continue
        row = measure(plan, engine, program, size, run)
        rows.append(csv_path, row)
        if row.status != 'ok':
            failed.add(cell)
        progress.add(f'round {turn + 1}/{plan.runs} {program}', engine, row)
    progress.flush()


def suite_programs(suite):
    return sorted(os.listdir(os.path.join(suite, 'js')))


def parse(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument('--out', required=True)
    parser.add_argument('--go', required=True)
    parser.add_argument('--suite', required=True)
    parser.add_argument('--path', action='append', default=[])
    parser.add_argument('--engines', default='')
    parser.add_argument('--programs', default='')
    parser.add_argument('--runs', type=int, default=3)
    parser.add_argument('--fresh', action='store_true')
    parser.add_argument('--command', default='')
    options = parser.parse_args(arguments)
    options.engines = (options.engines.split(',') if options.engines
                       else engines.default_names())
    known = suite_programs(options.suite) + ['esbuild']
    options.programs = (options.programs.split(',') if options.programs
                        else known)
    for program in options.programs:
        if program not in known:
            parser.error(f'no program is called {program!r}; there are '
                         + ', '.join(known))
    for name in options.engines:
        try:
            engines.named(name)
        except KeyError:
            parser.error(f'no engine is called {name!r}; there are '
                         + ', '.join(engines.default_names()))
    return options


def main():
    options = parse(sys.argv[1:])
    plan = Plan(options)
    csv_path = os.path.join(options.out, 'results.csv')
    if options.fresh and os.path.exists(csv_path):
        os.remove(csv_path)
    left_out = usable_engines(plan)
    start = time.time()
    run_all(plan, csv_path)
    about = machine.describe(plan, options.command)
    about['left_out'] = left_out
    about['minutes'] = round((time.time() - start) / 60, 1)
    with open(os.path.join(options.out, 'machine.json'), 'w',
              encoding='utf-8') as file:
        json.dump(about, file, indent=1)
    failures = rows.failures(rows.read(csv_path))
    for program, size, engine, what in failures:
        say(f'FAILED {program} ({size}) under {engine}: {what}')
    say(f'{len(failures)} failures, results in {csv_path}')


if __name__ == '__main__':
    main()
