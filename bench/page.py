"""What the reports have in common: the frame of a page, its style, tables of
facts about the machine, and how figures and their spread are written.
"""

import html
import os
import statistics

STYLE_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          'report.css')
# A figure whose runs differ by more is marked: it is noise, or something to
# be explained.
NOISY_PERCENT = 5


def esc(value):
    return html.escape(str(value))


def style_sheet():
    with open(STYLE_FILE, encoding='utf-8') as file:
        return file.read()


def document(title, parts):
    return '\n'.join([
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        # Browsers would ask a server for a picture of the page.
        '<link rel="icon" href="data:,">'
        f'<title>{esc(title)}</title><style>{style_sheet()}</style></head>'
        f'<body><h1>{esc(title)}</h1>', *parts, '</body></html>\n'])


def spread_percent(figures):
    """Half the distance between the extremes, in percent of the median."""
    middle = statistics.median(figures)
    return 50 * (max(figures) - min(figures)) / middle if middle else 0.0


def spread(figures):
    """The spread as it stands behind a figure; nothing for a single run."""
    if len(figures) < 2:
        return ''
    percent = spread_percent(figures)
    kind = 'noisy' if percent > NOISY_PERCENT else 'spread'
    return f' <span class="{kind}">±{percent:.0f}%</span>'


def noise(figures):
    """A paragraph about the spread of all figures, (name, values) each."""
    several = [(name, spread_percent(values)) for name, values in figures
               if len(values) > 1]
    if not several:
        return ('<p>Every figure is of a single run, so nothing is known of '
                'the spread.</p>')
    noisy = [(name, percent) for name, percent in several
             if percent > NOISY_PERCENT]
    text = (f'{len(noisy)} of {len(several)} figures vary by more than '
            f'{NOISY_PERCENT} %; they are marked <span class="noisy">'
            f'±{NOISY_PERCENT + 1}%</span>. The median of all spreads is '
            f'{statistics.median(p for _, p in several):.1f} %.')
    if noisy:
        worst = sorted(noisy, key=lambda pair: -pair[1])[:10]
        text += ' The worst: ' + ', '.join(
            f'{esc(name)} ±{percent:.0f}%' for name, percent in worst) + '.'
    return f'<p>{text}</p>'


def machine_facts(about):
    """What every report says of where and when it was made."""
    return [
        ('date', about['date']), ('command', about['command']),
        ('commit', about['commit']),
        ('processor', f'{about["cpu"]}, {about["cores"]} cores'),
        ('memory', f'{about["memory_mb"]} MB'),
        ('system', f'{about["system"]}, Linux {about["kernel"]}'),
        ('time taken', f'{about["minutes"]} minutes (this command alone)'),
    ]


def facts_table(entries):
    return '<table class="text">' + ''.join(
        f'<tr><td>{esc(k)}</td><td>{esc(v)}</td></tr>'
        for k, v in entries) + '</table>'
