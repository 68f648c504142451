#!/usr/bin/env python3
"""Makes one self-contained HTML page of what bench/measure.py measured.

    report.py results.csv machine.json GO_VERSION > report.html

A figure is the median over the runs of the median inside each run; its
spread is the least and the largest of them. Ratios say how many times the
other engine's time Goshawk takes; where Goshawk did not run, the first
engine that did takes its place.
"""

import json
import statistics
import sys

import charts
import engines
import page
import rows
from page import esc


class Results:
    """The rows of one Go version, asked by program, size and engine."""

    def __init__(self, all_rows, go_version, wrong):
        mine = [row for row in all_rows if row.go == go_version]
        self.failed = {key[:3] for key in wrong}
        self.cells = {
            key[1:]: found for key, found in rows.by_cell(mine).items()
            if key[1:] not in self.failed}
        ran = {engine for _, _, engine in self.cells}
        order = engines.default_names()
        self.engines = ([n for n in order if n in ran] +
                        sorted(n for n in ran if n not in order))
        self.base = next(
            (n for n in ('goshawk', 'node-liftoff') if n in ran),
            self.engines[0] if self.engines else '')

    def get(self, program, size, engine):
        return self.cells.get((program, size, engine))

    def suite(self, size):
        return sorted({p for p, s, _ in self.cells
                       if s == size and p not in rows.WHOLE_PROCESS})

    def engines_of(self, size, programs):
        return [e for e in self.engines
                if any(self.get(p, size, e) for p in programs)]

    def ratio(self, program, size, engine, run=None):
        """The base's time over the engine's, of one run or of medians."""
        ours = self.get(program, size, self.base)
        theirs = self.get(program, size, engine)
        if not ours or not theirs:
            return None
        if run is None:
            return rows.median(ours) / rows.median(theirs)
        pair = [[r.figure for r in side if r.run == run]
                for side in (ours, theirs)]
        return pair[0][0] / pair[1][0] if all(pair) else None

    def geometric_mean(self, size, engine):
        """(mean of ratios, least and largest over the runs, programs)."""
        programs = [p for p in self.suite(size)
                    if self.ratio(p, size, engine)]
        if not programs:
            return None
        whole = statistics.geometric_mean(
            self.ratio(p, size, engine) for p in programs)
        runs = {r.run for p in programs for r in self.get(p, size, engine)}
        means = []
        for run in sorted(runs):
            ratios = [self.ratio(p, size, engine, run) for p in programs]
            if all(ratios):
                means.append(statistics.geometric_mean(ratios))
        # Programs with fewer runs put the whole outside of the runs' range.
        means.append(whole)
        return whole, min(means), max(means), len(programs)


def label(name):
    return engines.named(name).label


def style(name):
    order = engines.default_names()
    return f'e{order.index(name) % 9}' if name in order else 'e0'


def time_cell(results, *cell):
    if cell in results.failed:
        return '<td class="bad">failed</td>'
    found = results.get(*cell)
    if not found:
        return '<td>–</td>'
    figures = [row.figure for row in found]
    return f'<td>{charts.tidy(rows.median(found))}{page.spread(figures)}</td>'


def ratio_text(ratio):
    return charts.tidy(ratio) if ratio >= 0.1 else f'1/{1 / ratio:.3g}'


def worst_first(results, size, programs):
    """By the ratio to the compiler that Goshawk is nearest to."""
    names = results.engines_of(size, programs)
    against = 'node-liftoff' if 'node-liftoff' in names else (
        names[-1] if names else results.base)
    return sorted(programs, reverse=True, key=lambda p: (
        (p, size, results.base) in results.failed,
        results.ratio(p, size, against) or 0))


def times_table(results, size, programs):
    """Times of every engine, and ratios; the worst ratio comes first."""
    names = results.engines_of(size, programs)
    others = [n for n in names if n != results.base]
    programs = worst_first(results, size, programs)
    base = label(results.base) if results.base else ''
    out = ['<div class="scroll"><table><tr><th rowspan="2">program</th>'
           f'<th colspan="{len(names)}">milliseconds</th>']
    if others:
        out.append(f'<th colspan="{len(others)}">{esc(base)} divided by</th>')
    out.append('</tr><tr>')
    out += [f'<th>{esc(label(n))}</th>' for n in names + others]
    out.append('</tr>')
    for program in programs:
        out.append(f'<tr><td>{esc(program)}</td>')
        out += [time_cell(results, program, size, n) for n in names]
        for name in others:
            ratio = results.ratio(program, size, name)
            out.append(f'<td>{ratio_text(ratio)}</td>' if ratio
                       else '<td>–</td>')
        out.append('</tr>')
    if len(programs) > 1:
        out.append('<tr class="mean"><td>geometric mean</td>'
                   + '<td></td>' * len(names))
        for name in others:
            mean = results.geometric_mean(size, name)
            out.append('<td>–</td>' if not mean else
                       f'<td>{ratio_text(mean[0])}<br><small>'
                       f'{ratio_text(mean[1])} to {ratio_text(mean[2])}<br>'
                       f'{mean[3]} programs</small></td>')
        out.append('</tr>')
    return ''.join(out) + '</table></div>'


def mean_chart(results):
    """One bar for each engine: its time as a multiple of the base's."""
    bars = [('', results.base, 1.0, 1.0, 1.0)]
    for size in ('full', 'small'):
        for name in results.engines_of(size, results.suite(size)):
            mean = results.geometric_mean(size, name)
            # Engines with both sizes are shown at full size.
            done = any(bar[1] == name for bar in bars)
            if mean and not done:
                note = '' if size == 'full' else ' *'
                bars.append((note, name, 1 / mean[0], 1 / mean[2],
                             1 / mean[1]))
    bars.sort(key=lambda bar: bar[2])
    return charts.bars(
        f'Time as a multiple of that of {label(results.base)}, geometric '
        'mean; * small sizes', 'times',
        [(label(b[1]) + b[0], [(label(b[1]), style(b[1])) + b[2:]])
         for b in bars], mark=1.0)


def time_bar(name, found):
    figures = [row.figure for row in found]
    return (label(name), style(name), statistics.median(figures),
            min(figures), max(figures))


def program_chart(results, size, title):
    groups = []
    for program in worst_first(results, size, results.suite(size)):
        group = [time_bar(n, results.get(program, size, n))
                 for n in results.engines if results.get(program, size, n)]
        groups.append((program, group))
    return charts.bars(title, 'ms', groups)


def process_chart(results, program, title, figure, unit):
    groups = []
    for name in results.engines:
        found = results.get(program, 'full', name)
        if found:
            values = [figure(row) for row in found]
            groups.append((label(name), [
                (label(name), style(name), statistics.median(values),
                 min(values), max(values))]))
    groups.sort(key=lambda g: g[1][0][2])
    return charts.bars(title, unit, groups)


def size_chart(about):
    groups = [(label(name), [(label(name), style(name), size / 1e6,
                              size / 1e6, size / 1e6)])
              for name, size in about['engine_bytes'].items()]
    groups.sort(key=lambda g: g[1][0][2])
    return charts.bars("The engine's own files, stripped", 'MB', groups)


def facts(about):
    sizes = ', '.join(
        f'{build} {least / 1e6:.1f} MB (hello) and {middle / 1e6:.1f} MB '
        '(median)' for build, (least, middle)
        in about['program_bytes'].items())
    return page.facts_table(
        page.machine_facts(about) +
        [('runs', f'at most {about["runs"]}, engines taking turns'),
         ('programs', sizes)] + list(about['versions'].items()))


def problems(wrong, left_out):
    if not wrong and not left_out:
        return '<p>None: every engine ran every program it was given, and ' \
               'all outputs agree.</p>'
    lines = [f'<tr><td>{esc(p)} ({esc(s)})</td><td>{esc(e)}</td>'
             f'<td class="bad">{esc(what)}</td></tr>'
             for p, s, e, what in wrong]
    lines += [f'<tr><td>all programs</td><td>{esc(e)}</td>'
              f'<td>left out: {esc(reason)}</td></tr>'
              for e, reason in left_out.items()]
    return ('<table class="text"><tr><th>program</th><th>engine</th>'
            '<th>what happened</th></tr>' + ''.join(lines) + '</table>')


def make(all_rows, about, go_version):
    mine = [row for row in all_rows if row.go == go_version]
    wrong = rows.failures(mine)
    results = Results(mine, go_version, wrong)
    figures = [(f'{program} ({size}) under {label(engine)}',
                [row.figure for row in found])
               for (program, size, engine), found in results.cells.items()]
    legend = charts.legend([(style(n), label(n)) for n in results.engines])
    out = [
        f'<p>{esc(about["date"])} on {esc(about["cpu"])}, '
        f'{about["cores"]} cores. A time is the median over the runs; ± is '
        'half the distance between the fastest and the slowest run. The '
        'suite times the computation inside the program; hello and esbuild '
        'are whole processes. A ratio is '
        f'{esc(label(results.base) if results.base else "ours")} divided by '
        'the other: below 1 the other is slower. The worst come first, by '
        'the ratio to node --liftoff-only if it ran.</p>']
    if not results.cells:
        out.append('<p>Nothing has been measured.</p>')
    else:
        out += [mean_chart(results), legend]
    for size, title in (('full', 'Suite, full sizes'),
                        ('small', 'Suite, small sizes, with the slow '
                                  'interpreters')):
        if results.suite(size):
            out += [f'<h2>{title}</h2>',
                    times_table(results, size, results.suite(size)),
                    program_chart(results, size, title), legend]
    for program, title in (('hello', 'Cold start: hello, whole process'),
                           ('esbuild', 'esbuild bundles and minifies '
                                       'lodash-es, whole process')):
        if any(p == program for p, _, _ in results.cells):
            out += [f'<h2>{title}</h2>',
                    times_table(results, 'full', [program]),
                    process_chart(results, program, 'Time',
                                  lambda r: r.wall_ms, 'ms'),
                    process_chart(results, program, 'Largest memory',
                                  lambda r: r.rss_kb / 1024, 'MiB')]
    out += ['<h2>Size</h2>', size_chart(about),
            '<h2>Failures</h2>', problems(wrong, about['left_out']),
            '<h2>Noise</h2>', page.noise(figures),
            '<h2>Machine, versions, programs</h2>', facts(about)]
    return page.document(f'Goshawk compared, Go {go_version}', out)


def main():
    csv_path, machine_path, go_version = sys.argv[1:4]
    with open(machine_path, encoding='utf-8') as file:
        about = json.load(file)
    sys.stdout.write(make(rows.read(csv_path), about, go_version))


if __name__ == '__main__':
    main()
