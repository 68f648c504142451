#!/usr/bin/env python3
"""Chooses superinstructions from profiles that `goshawk run --profile` wrote.

usage: mine_fusions.py [--rows N] [--longest N] PROFILE... > interp/fusion.def

Each profile counts the same, however long its program ran; one that is named
twice counts twice. Within a profile an operation weighs the square root of how
often it ran, so that loops do not drown what the rest has in common with other
programs: of several weightings this left programs outside the corpus the
fewest dispatches. Starting from single operations, the pair of neighbours that
saves the most dispatches and reads of slots is joined into one, again and again
(byte pair encoding over the code, weighted with how often each operation ran).
Every joined sequence becomes a row with the wires (interp/step.h) that most of
its places in the code have, and more rows with those of other places or none,
as far as they are worth it.
"""

import argparse
import collections
import heapq
import itertools
import sys

# After these control never goes on with the next operation.
LAST = ("Jump", "JumpFar", "JumpTable", "Return", "ReturnGo", "GoReturn",
        "GoUnwind", "Unreachable", "GoResume", "GoCall", "GoCallShift",
        "GoCallIndirect", "GoCallIndirectNarrow", "Call", "CallIndirect")
# These leave the engine or are not worth a place: they take long anyway, or run
# once in a function's life.
ALONE = ("Cold", "MemoryGrow", "Translate", "TranslateGo", "CallHost",
         "CallHostGo", "Halt", "Enter", "Call", "CallIndirect", "JumpTable",
         "GoResume", "GoCallEnter", "GoUnwind", "Unreachable", "FarGet",
         "FarSet")
# The bodies of these do not read their slots as wires would have it.
UNWIRED = LAST + ALONE + ("GlobalSet", "SpSet", "MemoryCopy", "MemoryFill")

# What a wire saves, in dispatches.
WIRE = 1.0
# What ran so seldom, as a share of its program, is left out.
RARE = 1e-6
# With how many different wires a sequence is tried.
VARIANTS = 3

HEAD = """\
// Superinstructions: sequences of operations that are run by one handler, those
// that save the most first. Made by tools/mine_fusions.sh from profiles of a
// corpus of Go programs; CONTRIBUTING.md says how. Adding one by hand is one
// row; only what it does to the speed will tell.
//
// FUSE(step, step, ...)         see step.h

"""


class Operation:
    """An operation of a profile: its name, and what its fields hold."""

    def __init__(self, name, x, y, z):
        self.name, self.X, self.Y, self.Z = name, x, y, z
        self.slots = slots_of(self)


def base(op):
    return op.split("_")[0]


def read_runs(path, times):
    """The straight runs of a profile as (operations, counts), normalised."""
    lines, total = [], 0.0
    with open(path) as file:
        for line in file:
            word, name, *fields = line.split()
            if word == "function":
                lines.append(None)
                continue
            count = int(word) ** 0.5
            total += count
            x, y, z = map(int, fields)
            lines.append((count, Operation(name, x, y, z & 0xff)))
    runs, ops, counts = [], [], []

    def close():
        if len(ops) > 1:
            runs.append((list(ops), list(counts)))
        ops.clear()
        counts.clear()

    for line in lines:
        if (line is None or line[0] <= RARE * total or
                base(line[1].name) in ALONE):
            close()
            continue
        counts.append(line[0] * times / total)
        ops.append(line[1])
        if base(line[1].name) in LAST:
            close()
    close()
    return runs


def slots_of(op):
    """The fields in which it names slots that it reads, and the one it writes."""
    name, (d, a, b) = op.name.split("_")
    if name in UNWIRED:
        return "", "X" if d == "S" else ""
    if name.startswith("Br"):
        return ("X" if a == "S" else "") + ("Y" if b == "S" else ""), ""
    reads = ("Y" if a == "S" else "") + ("Z" if b == "S" else "")
    if "Store" in name:
        return reads + ("X" if d == "S" else ""), ""
    return reads, "X" if d == "S" else ""


def wires_of(ops):
    """All wires of a sequence: (step, field, steps back, field there)."""
    wires, known = set(), {}
    for step, op in enumerate(ops):
        reads, writes = op.slots
        for field in reads:
            slot = getattr(op, field)
            source, there = known.setdefault(slot, (step, field))
            if source != step:
                wires.add((step, field, step - source, there))
        if writes and base(op.name) in UNWIRED:
            known.pop(op.X, None)
        elif writes:
            known[op.X] = (step, "X")
    return frozenset(wires)


def mine(runs, rows, longest):
    """Joins pairs; returns sequences and how many dispatches each saved."""
    # Sequences are tuples of names; a run is a linked list of them.
    nodes = []  # [sequence, weight, previous, next, operations, wires to next]
    places = collections.defaultdict(set)  # pair -> nodes it starts at
    gain = collections.Counter()

    def weight(i):
        return min(nodes[i][1], nodes[nodes[i][3]][1])

    def pair(i):
        return (nodes[i][0], nodes[nodes[i][3]][0])

    def fits(i):
        return (i >= 0 and nodes[i][3] >= 0 and
                len(nodes[i][0]) + len(nodes[nodes[i][3]][0]) <= longest)

    def add(i):
        if not fits(i):
            return
        here, there = nodes[i][4], nodes[nodes[i][3]][4]
        nodes[i][5] = sum(
            step >= len(here) > step - back
            for step, _, back, _ in wires_of(here + there))
        key = pair(i)
        places[key].add(i)
        gain[key] += weight(i) * (1 + WIRE * nodes[i][5])
        changed.add(key)

    def remove(i):
        if not fits(i):
            return
        key = pair(i)
        if i in places[key]:
            places[key].discard(i)
            gain[key] -= weight(i) * (1 + WIRE * nodes[i][5])

    changed = set()
    for ops, counts in runs:
        first = len(nodes)
        for k, (op, count) in enumerate(zip(ops, counts)):
            nodes.append([(op.name,), count, len(nodes) - 1 if k else -1,
                          len(nodes) + 1, [op], 0])
        nodes[-1][3] = -1
        for i in range(first, len(nodes) - 1):
            add(i)
    heap = [(-g, key) for key, g in gain.items()]
    heapq.heapify(heap)

    chosen = collections.Counter()
    while heap and len(chosen) < rows:
        claimed, key = heapq.heappop(heap)
        actual = gain[key]
        if actual <= 0:
            continue
        if -claimed > actual * (1 + 1e-9):
            heapq.heappush(heap, (-actual, key))
            continue
        joined = key[0] + key[1]
        changed = set()
        for i in sorted(places[key]):
            j = nodes[i][3]
            if i not in places[key] or j < 0 or pair(i) != key:
                continue
            chosen[joined] += weight(i)
            before, after = nodes[i][2], nodes[j][3]
            remove(before)
            remove(i)
            remove(j)
            nodes[i] = [joined, weight(i), before, after,
                        nodes[i][4] + nodes[j][4], 0]
            nodes[j][3] = -1
            if after >= 0:
                nodes[after][2] = i
            add(before)
            add(i)
        for key in changed:
            heapq.heappush(heap, (-gain[key], key))
    return chosen


def find_places(runs, chosen):
    """By row the weights of the wires at the places where it is matched."""
    tree = {}
    for row in chosen:
        node = tree
        for name in row:
            node = node.setdefault(name, {})
        node[None] = True
    places = collections.defaultdict(collections.Counter)
    for ops, counts in runs:
        i = 0
        while i < len(ops):
            node, end = tree, i + 1
            for j in range(i, len(ops)):
                node = node.get(ops[j].name)
                if node is None:
                    break
                if None in node:
                    end = j + 1
            if end > i + 1:
                row = tuple(op.name for op in ops[i:end])
                places[row][wires_of(ops[i:end])] += min(counts[i:end])
            i = end
    return places


def choose_wires(places):
    """The wires that save the most where all of them are, and that weight."""
    most = [wires for wires, _ in places.most_common(12)]
    candidates = set(most) | {
        one & other for one, other in itertools.combinations(most, 2)}

    def weight(wires):
        return sum(w for there, w in places.items() if there >= wires)

    best = max(candidates, key=lambda wires:
               (weight(wires) * len(wires), sorted(wires)))
    return best, weight(best)


def add_wires(chosen, places, rows):
    """Rows, best first, as (sequence, wires); those of one sequence together,
    with more wires first."""
    gains = []  # (what it saves, sequence, wires)
    for sequence, saved in chosen.items():
        here = places[sequence]
        total = sum(here.values())
        for _ in range(VARIANTS):
            if not here:
                break
            wires, covered = choose_wires(here)
            if not wires:
                break
            gains.append((saved * covered / total +
                          covered * len(wires) * WIRE, sequence, wires))
            here = collections.Counter(
                {there: w for there, w in here.items() if not there >= wires})
        rest = sum(here.values()) / total if total > 0 else 1
        if rest > 0:
            gains.append((saved * rest, sequence, frozenset()))
    gains.sort(key=lambda gain: (-gain[0], gain[1], sorted(gain[2])))
    best = {}
    for _, sequence, wires in gains[:rows]:
        best.setdefault(sequence, []).append(wires)
    for sequence, variants in best.items():
        for wires in sorted(variants, key=len, reverse=True):
            yield sequence, wires


def write_row(sequence, wires):
    steps = []
    for number, name in enumerate(sequence):
        step = "k" + name
        for _, to, back, there in sorted(w for w in wires if w[0] == number):
            source = "" if there == "X" else f", k{there}"
            step += f" | {to}({back}{source})"
        steps.append(step)
    print("FUSE(" + ", ".join(steps) + ")")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--longest", type=int, default=10)
    parser.add_argument("profiles", nargs="+")
    options = parser.parse_args()
    runs = []
    for path, times in collections.Counter(options.profiles).items():
        runs.extend(read_runs(path, times))
    chosen = mine(runs, options.rows, options.longest)
    print(HEAD, end="")
    for sequence, wires in add_wires(chosen, find_places(runs, chosen),
                                     options.rows):
        write_row(sequence, wires)
    saved = sum(chosen.values()) / len(options.profiles)
    print(f"{len(chosen)} sequences save {100 * saved:.1f} % of the dispatches",
          file=sys.stderr)


if __name__ == "__main__":
    main()
