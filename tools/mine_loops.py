#!/usr/bin/env python3
"""Chooses loops from profiles that `goshawk run --profile` wrote.

usage: mine_loops.py [--rows N] [--longest N] PROFILE... > interp/loop.def

A loop is what runs from an operation back to it, along the branches that are
taken more often than not. It saves what its operations weigh, as they do for
mine_fusions.py, less what it costs to enter it. Those that save the most for
their size come first.
"""

import argparse
import collections

from mine_fusions import ALONE, UNWIRED, Operation, base, slots_of

# The bodies of these read or write slots that their fields do not name.
LEFT_OUT = (set(ALONE) | set(UNWIRED) | {"Select"}) - {"Jump"}
# What it costs to enter a loop and leave it, in rounds.
ENTRY = 3
# How much of its program's weight a loop has to have to be counted.
RARE = 1e-4

HEAD = """\
// Loops that are run by one handler each, those that save the most for their
// size first. Made by tools/mine_fusions.sh, which has tools/mine_loops.py
// choose them. Adding one by hand is one row.
//
// LOOP(step, step, ...)         see loop_step.h

"""

THREE_WORDS = ("GoCall", "GoCallShift", "GoCallIndirect", "GoCallEnter",
               "GoCallIndirectNarrow", "Call", "CallIndirect", "GoEnter")
TWO_WORDS = ("Enter", "JumpFar", "JumpTable", "GoResume", "GlobalGet",
             "GlobalSet", "Cold")


def words_of(name):
    if base(name) in THREE_WORDS:
        return 3
    if base(name) in TWO_WORDS or "J" in name.split("_")[1]:
        return 2
    return 1


def read_functions(path):
    """Each function as [(position, count, Operation)]."""
    functions = []
    with open(path) as file:
        for line in file:
            word, name, *fields = line.split()
            if word == "function":
                functions.append([])
                position = 0
                continue
            x, y, z = map(int, fields)
            op = Operation(name, x, y, z & 0xff)
            op.distance = z - 0x10000 if z >= 0x8000 else z
            functions[-1].append((position, int(word), op))
            position += words_of(name)
    return functions


def is_branch(op):
    return op.name.startswith("Br") or op.name == "Jump_NNN"


def follow(ops, index_of, head, longest):
    """The loop from ops[head] as [(Operation, taken)] and how often it goes back
    there; None if there is no such loop."""
    steps, i = [], head
    while len(steps) < longest and i < len(ops):
        position, count, op = ops[i]
        if base(op.name) in LEFT_OUT or count == 0:
            return None
        if not is_branch(op):
            steps.append((op, False))
            i += 1
            continue
        to = position + op.distance
        straight = ops[i + 1][1] if i + 1 < len(ops) else 0
        if op.name == "Jump_NNN":
            straight = 0
        taken = count - straight > count / 2
        steps.append((op, taken))
        if taken and to == ops[head][0]:
            return steps, count - straight
        if taken and (op.distance < 0 or to not in index_of):
            return None
        i = index_of[to] if taken else i + 1
    return None


def row_of(steps):
    """The loop as text, its slots numbered in the order of their appearance."""
    variables, texts = {}, []
    for op, taken in steps:
        reads, writes = slots_of(op)
        numbers = [
            str(variables.setdefault(getattr(op, field), len(variables)))
            if field in reads or field == writes else "_" for field in "XYZ"]
        while numbers and numbers[-1] == "_":
            numbers.pop()
        texts.append(("Taken" if taken else "Next") + "(" +
                     ", ".join(["k" + op.name] + numbers) + ")")
    return "LOOP(" + ", ".join(texts) + ")", len(variables)


def size_of(row):
    """About how much code the row takes, in steps."""
    return row.count("k") + 6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--longest", type=int, default=20)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("profiles", nargs="+")
    options = parser.parse_args()
    saved = collections.Counter()
    names = collections.defaultdict(set)
    for path in options.profiles:
        functions = read_functions(path)
        total = sum(count ** 0.5 for ops in functions for _, count, _ in ops)
        for ops in functions:
            index_of = {position: i for i, (position, _, _) in enumerate(ops)}
            heads = {position + op.distance for position, _, op in ops
                     if is_branch(op) and op.distance < 0}
            for head in sorted(heads & index_of.keys()):
                loop = follow(ops, index_of, index_of[head], options.longest)
                if loop is None:
                    continue
                steps, back = loop
                entered = max(ops[index_of[head]][1] - back, 0)
                rounds = back - ENTRY * entered
                if rounds <= 0:
                    continue
                weight = len(steps) * rounds / back ** 0.5 / total
                if weight < RARE:
                    continue
                row, variables = row_of(steps)
                if variables <= 16:
                    saved[row] += weight
                    names[row].add(path.split("/")[-1])
    print(HEAD, end="")
    worth = {row: weight / size_of(row) for row, weight in saved.items()}
    for row in sorted(worth, key=worth.get, reverse=True)[:options.rows]:
        if options.verbose:
            print(f"// {saved[row]:.4f} {len(names[row])}")
        print(row)


if __name__ == "__main__":
    main()
