#!/usr/bin/env python3
"""Puts the results of a comparison into bench/results and the README.

    readme.py DIR [ROOT]

DIR is what bench/compare.sh wrote, ROOT the tree to change, by default the
one that this file is in. The README's part between the two MARKS is replaced.
"""

import json
import os
import shutil
import sys
import textwrap

import charts
import page
import report
import rows

MARKS = ('<!-- What follows is written by bench/compare.sh --update-readme. '
         '-->\n', '<!-- Here it ends. -->\n')
# So many programs are shown, those that are worst for Goshawk.
SHOWN = 10


def figure(found):
    """A time, with its spread if it is large."""
    figures = [row.figure for row in found]
    percent = page.spread_percent(figures)
    noisy = f' ±{percent:.0f} %' if percent > page.NOISY_PERCENT else ''
    return charts.tidy(rows.median(found)) + noisy


def time_row(results, size, program, names, title=None):
    cells = [title or program]
    for name in names:
        if (program, size, name) in results.failed:
            cells.append('failed')
            continue
        found = results.get(program, size, name)
        ratio = results.ratio(program, size, name)
        text = figure(found) if found else '–'
        if ratio and name != results.base:
            text += f' ({report.ratio_text(ratio)})'
        cells.append(text)
    return cells


def mean_row(results, size, names):
    cells = [f'geometric mean of {len(results.suite(size))} programs']
    for name in names:
        mean = results.geometric_mean(size, name)
        cells.append('' if name == results.base else
                     f'({report.ratio_text(mean[0])})' if mean else '–')
    return cells


def markdown(heads, body):
    lines = [heads, ['---'] + ['---:'] * (len(heads) - 1)] + body
    return ''.join('| ' + ' | '.join(line) + ' |\n' for line in lines)


def full_table(results):
    suite = results.suite('full')
    names = results.engines_of('full', suite + ['hello', 'esbuild'])
    # The slow interpreters, which run small sizes only, have a line below.
    names = [n for n in names if results.engines_of('full', suite) == [] or
             n in results.engines_of('full', suite)]
    body = [time_row(results, 'full', program, names) for program in
            report.worst_first(results, 'full', suite)[:SHOWN]]
    if suite:
        body.append(mean_row(results, 'full', names))
    for program, title in (('hello', 'hello, from start to exit'),
                           ('esbuild', 'esbuild bundles lodash-es')):
        if results.engines_of('full', [program]):
            body.append(time_row(results, 'full', program, names, title))
    return markdown(['milliseconds'] + [report.label(n) for n in names], body)


def slow_engines(results):
    """A sentence about engines that ran the small sizes only."""
    fast = results.engines_of('full', results.suite('full'))
    means = [(report.label(n), results.geometric_mean('small', n))
             for n in results.engines_of('small', results.suite('small'))
             if n not in fast]
    return ''.join(
        f'{name} takes {charts.tidy(1 / mean[0])} times as long '
        f'({mean[3]} programs at small sizes). '
        for name, mean in means if mean)


def memory(results, about):
    parts = []
    for name in results.engines:
        found = results.get('hello', 'full', name)
        if found:
            size = about['engine_bytes'].get(name)
            on_disk = f', {size / 1e6:.1f} MB on disk' if size else ''
            resident = sorted(row.rss_kb for row in found)[len(found) // 2]
            parts.append(f'{report.label(name)} {resident / 1024:.0f} MiB'
                         f'{on_disk}')
    return ('Memory that hello takes: ' + '; '.join(parts) + '.'
            if parts else '')


def section(results, about):
    shown = min(SHOWN, len(results.suite('full')))
    words = [
        f'`{about["command"].strip()}`, {about["date"][:10]}, commit '
        f'{about["commit"]}, Go {about["go_version"]}, {about["cpu"]} with '
        f'{about["cores"]} cores, {about["system"]}. Times are medians; in '
        "brackets how many times the other's time Goshawk takes; ± stands "
        f'where runs differ by more than {page.NOISY_PERCENT} %. Of '
        f'{len(results.suite("full"))} programs the {shown} that are worst '
        'for Goshawk beside node --liftoff-only; all are in '
        '[bench/results/compare.csv](bench/results/compare.csv).',
        "![Time of each engine as a multiple of Goshawk's, geometric mean]"
        '(bench/results/compare.svg)',
        full_table(results), slow_engines(results), memory(results, about)]
    if results.failed:
        words.append('Failures: ' + ', '.join(
            f'{program} ({size}) under {report.label(engine)}'
            for program, size, engine in sorted(results.failed)) + '.')
    words += [f'{report.label(name)} is left out: {why}.'
              for name, why in sorted(about['left_out'].items())]
    return '\n' + '\n'.join(
        part if part.startswith('|') else wrap(part) + '\n'
        for part in words if part) + '\n'


def wrap(text):
    return textwrap.fill(text, 80, break_long_words=False,
                         break_on_hyphens=False)


def main():
    folder = sys.argv[1]
    root = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(
        os.path.dirname(os.path.abspath(__file__)))
    csv_path = os.path.join(folder, 'results.csv')
    with open(os.path.join(folder, 'machine.json'), encoding='utf-8') as file:
        about = json.load(file)
    found = rows.read(csv_path)
    results = report.Results(found, about['go_version'],
                             rows.failures(found))
    readme = os.path.join(root, 'README.md')
    with open(readme, encoding='utf-8') as file:
        text = file.read()
    if any(text.count(mark) != 1 for mark in MARKS):
        sys.exit(f'{readme}: the lines between which results stand are '
                 'missing')
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    target = os.path.join(root, 'bench', 'results')
    os.makedirs(target, exist_ok=True)
    shutil.copyfile(csv_path, os.path.join(target, 'compare.csv'))
    shutil.copyfile(os.path.join(folder, 'machine.json'),
                    os.path.join(target, 'compare.json'))
    with open(os.path.join(target, 'compare.svg'), 'w',
              encoding='utf-8') as file:
        file.write(charts.standalone(report.mean_chart(results),
                                     page.style_sheet()))
    with open(readme, 'w', encoding='utf-8') as file:
        file.write(before + MARKS[0] + section(results, about) + MARKS[1] +
                   after)


if __name__ == '__main__':
    main()
