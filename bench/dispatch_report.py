#!/usr/bin/env python3
"""Makes one self-contained HTML page of what bench/micro.py measured.

    dispatch_report.py dispatch.csv dispatch.json > dispatch.html

A figure is the median over the rounds. Names of benchmarks are
KIND/WAY/THING[/SIZE]: a way is a dispatcher with or without superinstructions
and guard pages, and together with a compiler a line or bar of its own.
"""

import json
import statistics
import sys

import charts
import micro
import page
from page import esc

# Ways in the order of the legend, with their colours.
WAYS = {
    'tail-fused': ('tail calls, guard pages, superinstructions', 'e0'),
    'tail': ('tail calls, guard pages', 'e1'),
    'tail-checks': ('tail calls, checks', 'e2'),
    'goto': ('computed goto, checks', 'e6'),
    'switch': ('switch, checks', 'e4'),
    'general': ("the fastest, Go's functions not recognised", 'e7'),
}
SHAPES = {
    'mixed': 'Any of 18 operations, in random order',
    'add': 'Always the same operation: add',
    'dependent_add': 'Add, each waiting for the one before',
    'load': 'Loads from memory',
    'branch_not_taken': 'Conditional branches, never taken',
    'branch_taken': 'Conditional branches, always taken',
    'branch_random': 'Conditional branches, taken at random',
    'phrase': 'Pairs of operations that superinstructions are made for',
}
BACKENDS = {'memory': 'e0', 'host': 'e1', 'host-walk': 'e2'}


class Figures:
    """All figures, by compiler, benchmark and counter."""

    def __init__(self, rows):
        self.cells = {}
        for row in rows:
            key = row.compiler, row.name, row.counter
            self.cells.setdefault(key, []).append(row.value)
        self.compilers = sorted({compiler for compiler, _, _ in self.cells})

    def get(self, compiler, name, counter):
        """(median, least, most), or None."""
        values = self.cells.get((compiler, name, counter))
        if not values:
            return None
        return statistics.median(values), min(values), max(values)

    def names(self, kind):
        """The benchmarks of a kind, split at slashes, each once."""
        found = {name for _, name, _ in self.cells}
        return sorted(tuple(name.split('/')) for name in found
                      if name.split('/')[0] == kind)

    def lines(self, kind):
        """(compiler, way, label, style classes) of all that were run."""
        ran = {(compiler, name.split('/')[1])
               for compiler, name, _ in self.cells
               if name.split('/')[0] == kind}
        return [(compiler, way, f'{WAYS[way][0]} ({compiler})',
                 WAYS[way][1] + (' other' if i else ''))
                for way in WAYS for i, compiler in enumerate(self.compilers)
                if (compiler, way) in ran]


def cell(figures, key):
    found = figures.get(*key)
    if not found:
        return '<td>–</td>'
    return (f'<td>{charts.tidy(found[0])}'
            f'{page.spread(figures.cells[key])}</td>')


def table(heads, body):
    """body: a list of (first cell, further cells as HTML)."""
    return ('<div class="scroll"><table><tr>'
            + ''.join(f'<th>{esc(head)}</th>' for head in heads) + '</tr>'
            + ''.join(f'<tr><td>{esc(first)}</td>{"".join(cells)}</tr>'
                      for first, cells in body) + '</table></div>')


def legend(lines):
    return charts.legend([(kind, label) for _, _, label, kind in lines])


def footprint(figures):
    """A chart and a table for each shape of loop."""
    names = figures.names('dispatch')
    sizes = sorted({int(name[3]) for name in names})
    lines = figures.lines('dispatch')
    out = []
    for shape, title in SHAPES.items():
        if not any(name[2] == shape for name in names):
            continue
        series, body = [], []
        for compiler, way, label, kind in lines:
            keys = [(compiler, f'dispatch/{way}/{shape}/{size}', 'dispatch')
                    for size in sizes]
            points = [(size,) + figures.get(*key)
                      for size, key in zip(sizes, keys) if figures.get(*key)]
            if points:
                series.append((label, kind, points))
                body.append((label, [cell(figures, key) for key in keys]))
        out += [f'<h3>{esc(title)}</h3>',
                charts.lines('Time of one operation', 'steps in the loop',
                             'ns', series),
                legend(lines), table(['ns, steps in the loop:'] +
                                     [f'{size:,}' for size in sizes], body)]
    return out


def bars(figures, kind, title, unit='ns', scale=1.0):
    """Bars of all benchmarks KIND/WAY/THING, one for each way."""
    things = sorted({name[2] for name in figures.names(kind)})
    lines = figures.lines(kind)
    groups = []
    for thing in things:
        group = []
        for compiler, way, label, style in lines:
            found = figures.get(compiler, f'{kind}/{way}/{thing}', 'step')
            if found:
                group.append((label, style, *(scale * v for v in found)))
        groups.append((thing, group))
    return [charts.bars(title, unit, groups), legend(lines)]


def counts(figures):
    """What is counted for one operation, over loops of 1,000 steps."""
    counters = ['dispatch', 'instructions', 'branches', 'branch_misses']
    counters = [c for c in counters
                if any(counter == c for _, _, counter in figures.cells)]
    body = []
    for shape in SHAPES:
        for compiler, way, label, _ in figures.lines('dispatch'):
            name = f'dispatch/{way}/{shape}/1000'
            if figures.get(compiler, name, 'instructions'):
                body.append((f'{shape}: {label}',
                             [cell(figures, (compiler, name, counter))
                              for counter in counters]))
    if not body:
        return []
    heads = {'dispatch': 'ns', 'branch_misses': 'wrong predictions'}
    return ['<h3>Counted for one operation, loops of 1,000 steps</h3>',
            table([''] +
                  [heads.get(counter, counter) for counter in counters],
                  body)]


def before_it_runs(figures):
    """Decoding, validation and translation."""
    body = []
    for name in figures.names('module'):
        path = '/'.join(name)
        for compiler in figures.compilers:
            speed = figures.get(compiler, path, 'byte')
            if speed:
                body.append((f'{name[1]} ({compiler})', [
                    cell(figures, (compiler, path, 'instruction')),
                    f'<td>{charts.tidy(1000 / speed[0])}</td>']))
    return [table(['', 'ns for each instruction of WebAssembly',
                   'MB of function bodies in a second'], body)]


def by_compiler(figures, kind, title):
    groups = []
    for name in figures.names(kind):
        group = []
        for i, compiler in enumerate(figures.compilers):
            found = figures.get(compiler, '/'.join(name), 'step')
            if found:
                group.append((compiler, 'e0 other' if i else 'e0') + found)
        groups.append((name[1].replace('_', ' '), group))
    return [charts.bars(title, 'ns', groups),
            charts.legend([('e0 other' if i else 'e0', compiler)
                           for i, compiler in enumerate(figures.compilers)])]


def files(figures):
    compiler = figures.compilers[0]
    groups = []
    for thing in sorted({name[2] for name in figures.names('fs')}):
        group = []
        for backend, style in BACKENDS.items():
            found = figures.get(compiler, f'fs/{backend}/{thing}', 'step')
            if found:
                group.append((backend, style) + found)
        groups.append((thing.replace('_', ' '), group))
    return [charts.bars(f'One operation on files ({compiler})', 'ns', groups),
            charts.legend([(style, name)
                           for name, style in BACKENDS.items()])]


def problems(about):
    found = {**about['failures'], **about['left_out']}
    if not found:
        return '<p>None.</p>'
    return page.facts_table(sorted(found.items()))


SECTIONS = [
    ('dispatch', 'Dispatch over footprint', (
        'A loop of so many steps runs again and again. A processor foresees '
        'the jumps of a short loop and forgets those of a long one, so what '
        'one operation costs depends on how much code is hot. Times with '
        'superinstructions are for each operation before any are fused.'),
     lambda f: footprint(f) + counts(f)),
    ('program', 'Real programs', (
        'Whole runs of a Go program, its start and its translation included; '
        'with and without superinstructions, guard pages, and the '
        "recognition of Go's functions."),
     lambda f: bars(f, 'program', 'Time of a run', unit='ms', scale=1e-6)),
    ('memory', 'Access to memory', (
        'One load or store; in chase each waits for the one before.'),
     lambda f: bars(f, 'memory', 'Time of an access')),
    ('call', 'Calls', 'A call and the return from it.',
     lambda f: bars(f, 'call', 'Time of a call')),
    ('module', 'Before a program runs', (
        'All functions of a program of 2.5 MB; translation includes '
        'validation. A program that runs has only those translated that it '
        'calls.'), before_it_runs),
    ('value', 'JavaScript values that Go holds', '',
     lambda f: by_compiler(f, 'value', 'One operation')),
    ('fs', 'Files', (
        'In memory, on the host as its kernel looks paths up, and component '
        'by component.'), files),
]


def make(rows, about):
    figures = Figures(rows)
    out = [f'<p>{esc(about["date"])} on {esc(about["cpu"])}, '
           f'{about["cores"]} cores. Times are processor time, medians over '
           'the rounds; ± is half the distance between the fastest and the '
           f'slowest. Counters of the processor: {esc(about["counters"])}.'
           '</p>']
    if not figures.cells:
        out.append('<p>Nothing has been measured.</p>')
    for kind, title, text, parts in SECTIONS:
        if figures.names(kind):
            out += [f'<h2>{esc(title)}</h2>', f'<p>{esc(text)}</p>',
                    *parts(figures)]
    times = [(f'{name} ({compiler})', values)
             for (compiler, name, counter), values in figures.cells.items()
             if counter == 'step' or
             (counter == 'instruction' and name.startswith('module/'))]
    out += ['<h2>Noise</h2>', page.noise(times),
            '<h2>Failures</h2>', problems(about),
            '<h2>Machine and versions</h2>',
            page.facts_table(page.machine_facts(about) +
                             list(about['versions'].items()))]
    return page.document('Goshawk: the cost of dispatch', out)


def main():
    csv_path, about_path = sys.argv[1:3]
    with open(about_path, encoding='utf-8') as file:
        about = json.load(file)
    sys.stdout.write(make(micro.read(csv_path), about))


if __name__ == '__main__':
    main()
