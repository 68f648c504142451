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
import schedule
import table
from schedule import say

TIMEOUT_S = 120
# Repeats inside one process, and the milliseconds after which it stops.
REPEATS, BUDGET_MS = '5', '1000'

BENCH_LINE = re.compile(
    r'^bench \S+ size=\d+ repeats=(\d+) checksum=(\w+) '
    r'best_ms=([\d.]+) median_ms=([\d.]+)$', re.MULTILINE)


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
    # The reason stands in the first line of a trace. Whose machine it was is
    # nobody's business.
    home = os.path.expanduser('~')
    return lines[0].replace(home, '~')[:200] if lines else ''


def measure(plan, step):
    engine, program = step.engine, step.program
    row = rows.Row(plan.go, program, step.size, engine.name,
                   plan.build(engine, program), step.run, 'failed')
    code, out, err, usage = execute(plan, engine,
                                    plan.command(engine, program, step.size))
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


def run_all(plan, csv_path, minutes):
    steps = list(schedule.steps(plan))
    builds = {s.cell: plan.build(s.engine, s.program) for s in steps}
    kept = [row for row in rows.read(csv_path)
            if row.go == plan.go and row.status == 'ok' and
            row.build == builds.get(row.cell[1:], row.build)]
    rows.write(csv_path, kept)
    todo = schedule.Schedule(steps, minutes, kept)
    say(f'{len(todo.steps)} runs to do, {len(kept)} rows are there already')
    progress = schedule.Progress(todo)
    for step in todo:
        row = measure(plan, step)
        table.append(csv_path, row)
        todo.note(row)
        progress.add(step, row)
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
    parser.add_argument('--minutes', type=float, default=20)
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
    run_all(plan, csv_path, options.minutes)
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
