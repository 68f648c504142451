"""Bar charts with a logarithmic axis, as inline SVG.

Colours come from the page's style sheet by class (`e0`, `e1`, ... one for
each engine), so that one picture serves light and dark.
"""

import html
import math

LABEL, BAR_AREA, VALUE, AXIS = 190, 500, 90, 22


def text(x, y, words, kind='', anchor='start'):
    return (f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" '
            f'text-anchor="{anchor}">{html.escape(words)}</text>')


def tidy(value):
    """A number with three significant digits and no exponent."""
    if value >= 100:
        return f'{value:,.0f}'
    if value >= 10:
        return f'{value:.1f}'
    return f'{value:.2f}' if value >= 0.1 else f'{value:.3f}'


def axis_range(values):
    """Ends of the axis: 1, 2 or 5 times a power of ten around the values.

    The lower one keeps a distance, or the smallest bar would be invisible.
    """
    low, high = min(values) / 1.5, max(values)
    steps = [m * 10.0 ** p for p in range(-6, 10) for m in (1, 2, 5)]
    return (max(s for s in steps if s <= low),
            min(s for s in steps if s >= high))


def ticks(low, high):
    steps = [m * 10.0 ** p for p in range(-6, 10) for m in (1, 2, 5)]
    inside = [s for s in steps if low <= s <= high * 1.0001]
    if len(inside) > 8:
        inside = [s for s in inside
                  if abs(math.log10(s) - round(math.log10(s))) < 1e-9]
    return inside


def bars(title, unit, groups, mark=None):
    """A chart of horizontal bars.

    groups is a list of (name, [(label, style class, value, low, high)]); a
    group of one bar takes one line with the group's name, else each bar has
    a line. low and high draw a whisker where they differ. mark is a value
    at which a line is drawn.
    """
    values = [v for _, group in groups for bar in group for v in bar[2:5]]
    if not values:
        return ''
    low, high = axis_range(values + ([mark] if mark else []))

    def place(value):
        share = math.log(value / low) / math.log(high / low)
        return LABEL + BAR_AREA * share

    crowded = any(len(group) > 1 for _, group in groups)
    thick, gap = (9, 7) if crowded else (16, 6)
    y, body = AXIS, []
    for name, group in groups:
        middle = y + thick * len(group) / 2
        body.append(text(LABEL - 8, middle + 4, name, anchor='end'))
        for label, kind, value, least, most in group:
            end = place(value)
            body.append(
                f'<rect class="{kind}" x="{LABEL}" y="{y:.1f}" '
                f'width="{end - LABEL:.1f}" height="{thick - 1}">'
                f'<title>{html.escape(name)}, {html.escape(label)}: '
                f'{tidy(value)} {unit} ({tidy(least)} to {tidy(most)})'
                f'</title></rect>')
            if most > least * 1.01:
                line = y + (thick - 1) / 2
                body.append(
                    f'<path class="whisker" d="M{place(least):.1f} '
                    f'{line:.1f}H{place(most):.1f}"/>')
            body.append(text(max(end, place(most)) + 5,
                             y + thick / 2 + (3 if crowded else 4),
                             tidy(value), 'tiny' if crowded else 'small'))
            y += thick
        y += gap
    grid = []
    for tick in ticks(low, high):
        x = place(tick)
        grid.append(f'<path class="grid" d="M{x:.1f} {AXIS - 4}V{y}"/>')
        grid.append(text(x, AXIS - 8, f'{tick:g}', 'small', 'middle'))
    if mark:
        grid.append(f'<path class="mark" d="M{place(mark):.1f} '
                    f'{AXIS - 4}V{y}"/>')
    width = LABEL + BAR_AREA + VALUE
    return (f'<figure><figcaption>{html.escape(title)} ({unit}, logarithmic)'
            f'</figcaption><svg viewBox="0 0 {width} {y}" role="img" '
            f'aria-label="{html.escape(title)}">'
            + ''.join(grid) + ''.join(body) + '</svg></figure>')


def legend(entries):
    """entries: a list of (style class, label)."""
    return '<p class="legend">' + ' '.join(
        f'<span><svg width="12" height="12"><rect class="{kind}" width="12" '
        f'height="12"/></svg> {html.escape(label)}</span>'
        for kind, label in entries) + '</p>'
