"""In which order processes are run, and which are worth their time."""

import dataclasses
import sys
import time

import engines
import rows

# A cell whose process took longer is not run again in later rounds: what it
# lacks in repeats it has in length, and the others need the time.
LONG_S = 6
# Cold starts are short and vary: so many for each run of the others.
HELLO_RUNS = 5


def say(text):
    print(f'compare: {text}', file=sys.stderr, flush=True)


@dataclasses.dataclass(frozen=True)
class Step:
    """One process to run."""
    turn: int  # the round it belongs to
    program: str
    run: int
    engine: engines.Engine
    size: str

    @property
    def cell(self):
        return self.program, self.size, self.engine.name


def steps(plan):
    """Every process to run, in order: engines take turns within a program,
    programs within a round, so that a slow minute of the machine meets all.
    """
    for turn in range(plan.runs):
        for program in plan.programs:
            share = HELLO_RUNS if program == 'hello' else 1
            for run in range(turn * share, (turn + 1) * share):
                start = run % max(1, len(plan.engines))
                for engine in plan.engines[start:] + plan.engines[:start]:
                    for size in plan.sizes(engine, program):
                        if plan.command(engine, program, size):
                            yield Step(turn, program, run, engine, size)


class Schedule:
    """The steps that are still to be done; iterating yields them.

    Cells that failed or were long are left out. A round but the first begins
    only if it will end within the minutes given, by what the one before took:
    whole rounds, so that all programs have equally many.
    """

    def __init__(self, all_steps, minutes, present):
        """present: the rows that need not be measured again."""
        self.start = time.monotonic()
        self.end = self.start + 60 * minutes
        self.skip = set()
        self.seconds = {}  # of the last run of each cell
        for row in present:
            self.note(row)
        done = {(row.cell[1:], row.run) for row in present}
        self.steps = [s for s in all_steps if (s.cell, s.run) not in done]

    def note(self, row):
        """To be called with each row that is measured."""
        cell = row.cell[1:]
        self.seconds[cell] = row.wall_ms / 1000
        if row.status != 'ok' or self.seconds[cell] > LONG_S:
            self.skip.add(cell)

    def seconds_of(self, turn):
        """About what a round will take."""
        return sum(self.seconds.get(s.cell, 1) for s in self.steps
                   if s.turn == turn and s.cell not in self.skip)

    def __iter__(self):
        turn = 0
        for step in self.steps:
            if step.turn != turn:
                turn = step.turn
                need = self.seconds_of(turn)
                if time.monotonic() + need > self.end:
                    say(f'no time for round {turn + 1}, which takes '
                        f'{need / 60:.1f} minutes; see --minutes')
                    return
            if step.cell not in self.skip:
                yield step


class Progress:
    """One line for each program and round, with the time that is left."""

    def __init__(self, schedule):
        self.schedule = schedule
        self.done, self.turn, self.start = 0, -1, 0
        self.line, self.figures = None, {}

    def add(self, step, row):
        line = f'round {step.turn + 1} {step.program}'
        if line != self.line:
            self.flush()
            self.line = line
        if step.turn != self.turn:
            self.done, self.turn = 0, step.turn
            self.start = time.monotonic() - row.wall_ms / 1000
        self.done += 1
        small = ' small' if row.size == 'small' else ''
        self.figures.setdefault(row.engine + small, []).append(row)

    def flush(self):
        shown = []
        for name, found in self.figures.items():
            good = [row for row in found if row.status == 'ok']
            shown.append(f'{name} {rows.median(good):.1f}' if good
                         else f'{name} {found[0].status}')
        if shown:
            total = sum(s.turn == self.turn and (
                self.turn == 0 or s.cell not in self.schedule.skip)
                for s in self.schedule.steps)
            spent = time.monotonic() - self.start
            left = spent / self.done * (total - self.done)
            say(f'{self.line}: {", ".join(shown)} [{self.done}/{total}, '
                f'round ends in {left / 60:.0f} min]')
        self.figures = {}
