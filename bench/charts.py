"""Charts with logarithmic axes, as inline SVG.

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


def figure(title, width, height, shapes):
    return (f'<figure><figcaption>{html.escape(title)}</figcaption>'
            f'<svg viewBox="0 0 {width} {height}" role="img" '
            f'aria-label="{html.escape(title)}">' + ''.join(shapes) +
            '</svg></figure>')


def standalone(figure_html, style_sheet):
    """The picture of a figure as a file of its own."""
    svg = figure_html[figure_html.index('<svg'):-len('</figure>')]
    return svg.replace(
        '<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        '>', f'><style>{style_sheet}svg {{ background: var(--bg); }}'
        '</style>', 1) + '\n'


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
    return figure(f'{title} ({unit}, logarithmic)', width, y, grid + body)


def lines(title, x_unit, y_unit, series):
    """A chart of lines, both axes logarithmic.

    series is a list of (label, style classes, [(x, y, low, high)]); low and
    high draw a whisker where they differ.
    """
    points = [p for _, _, own in series for p in own]
    if not points:
        return ''
    x_low = min(p[0] for p in points) / 1.2
    x_high = max(p[0] for p in points) * 1.2
    y_low, y_high = axis_range([v for p in points for v in p[1:]])
    left, top, height = 60, 24, 240
    width = LABEL + BAR_AREA + VALUE - left - 20

    def x_of(value):
        return left + width * (math.log(value / x_low) /
                               math.log(x_high / x_low))

    def y_of(value):
        return top + height * (1 - math.log(value / y_low) /
                               math.log(y_high / y_low))

    body = []
    for tick in ticks(y_low, y_high):
        body.append(f'<path class="grid" d="M{left} {y_of(tick):.1f}'
                    f'h{width}"/>')
        body.append(text(left - 6, y_of(tick) + 4, f'{tick:g}', 'small',
                         'end'))
    for tick in sorted({p[0] for p in series[0][2]}):
        body.append(f'<path class="grid" d="M{x_of(tick):.1f} {top}'
                    f'v{height}"/>')
        body.append(text(x_of(tick), top + height + 16, f'{tick:,.0f}',
                         'small', 'middle'))
    for label, kind, own in series:
        path = 'L'.join(f'{x_of(p[0]):.1f} {y_of(p[1]):.1f}' for p in own)
        body.append(f'<path class="line {kind}" d="M{path}"/>')
        for x, y, least, most in own:
            if most > least * 1.01:
                body.append(f'<path class="whisker" d="M{x_of(x):.1f} '
                            f'{y_of(least):.1f}V{y_of(most):.1f}"/>')
            body.append(
                f'<circle class="{kind}" cx="{x_of(x):.1f}" '
                f'cy="{y_of(y):.1f}" r="3"><title>{html.escape(label)}, '
                f'{x:,.0f} {x_unit}: {tidy(y)} {y_unit} ({tidy(least)} to '
                f'{tidy(most)})</title></circle>')
    full = LABEL + BAR_AREA + VALUE
    return figure(f'{title} ({y_unit}, over {x_unit}, logarithmic)', full,
                  top + height + 26, body)


def legend(entries):
    """entries: a list of (style classes, label)."""
    return '<p class="legend">' + ' '.join(
        f'<span><svg width="12" height="12"><rect class="{kind}" width="12" '
        f'height="12"/></svg> {html.escape(label)}</span>'
        for kind, label in entries) + '</p>'
