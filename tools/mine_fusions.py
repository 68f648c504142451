#!/usr/bin/env python3
"""Chooses superinstructions from profiles that `goshawk run --profile` wrote.

usage: mine_fusions.py [--rows N] [--longest N] PROFILE... > interp/fusion.def

Each profile counts the same, however long its program ran; one that is named
twice counts twice. Within a profile an operation weighs the square root of how
often it ran, so that loops do not drown what the rest has in common with other
programs: of several weightings this left programs outside the corpus the
fewest dispatches. Starting from single
operations, the pair of neighbours that saves the most dispatches is joined into
one, again and again (byte pair encoding over the code, weighted with how often
each operation ran); every joined sequence becomes a row.
"""

import argparse
import collections
import heapq
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

HEAD = """\
// Superinstructions: sequences of operations that are run by one handler, those
// that save the most first. Made by tools/mine_fusions.sh from profiles of a
// corpus of Go programs; CONTRIBUTING.md says how. Adding one by hand is one
// row; only what it does to the speed will tell.
//
// FUSE(operation, operation, ...)

"""


def base(op):
    return op.split("_")[0]


def read_runs(path):
    """The straight runs of a profile as (operations, counts), normalised."""
    runs, ops, counts, total = [], [], [], 0.0

    def close():
        if len(ops) > 1:
            runs.append((list(ops), list(counts)))
        ops.clear()
        counts.clear()

    with open(path) as file:
        for line in file:
            word, name = line.split()[:2]
            if word == "function":
                close()
                continue
            count = int(word) ** 0.5
            total += count
            if count == 0 or base(name) in ALONE:
                close()
                continue
            ops.append(name)
            counts.append(count)
            if base(name) in LAST:
                close()
    close()
    return [(o, [c / max(total, 1) for c in n]) for o, n in runs]


def mine(runs, rows, longest):
    """Joins pairs; returns sequences, best first, with what each saved."""
    # Sequences are tuples of operations; a run is a linked list of them.
    nodes = []  # [sequence, weight, previous, next]
    places = collections.defaultdict(set)  # pair -> nodes it starts at
    gain = collections.Counter()

    def weight(i):
        j = nodes[i][3]
        return min(nodes[i][1], nodes[j][1])

    def pair(i):
        return (nodes[i][0], nodes[nodes[i][3]][0])

    def add(i):
        if i < 0 or nodes[i][3] < 0:
            return
        key = pair(i)
        if len(key[0]) + len(key[1]) > longest:
            return
        places[key].add(i)
        gain[key] += weight(i)
        heapq.heappush(heap, (-gain[key], key))

    def remove(i):
        if i < 0 or nodes[i][3] < 0:
            return
        key = pair(i)
        if i in places[key]:
            places[key].discard(i)
            gain[key] -= weight(i)

    heap = []
    starts = []
    for ops, counts in runs:
        first = len(nodes)
        for k, (op, count) in enumerate(zip(ops, counts)):
            nodes.append([(op,), count, len(nodes) - 1 if k else -1,
                          len(nodes) + 1])
        nodes[-1][3] = -1
        starts.extend(range(first, len(nodes)))
    for i in starts:
        if nodes[i][3] >= 0:
            key = pair(i)
            places[key].add(i)
            gain[key] += weight(i)
    heap = [(-g, key) for key, g in gain.items()]
    heapq.heapify(heap)

    chosen = {}
    while heap and len(chosen) < rows:
        claimed, key = heapq.heappop(heap)
        actual = gain[key]
        if actual <= 0:
            continue
        if -claimed > actual * (1 + 1e-9):
            heapq.heappush(heap, (-actual, key))
            continue
        joined = key[0] + key[1]
        chosen[joined] = chosen.get(joined, 0) + actual
        for i in sorted(places[key]):
            j = nodes[i][3]
            if i not in places[key] or j < 0 or pair(i) != key:
                continue
            before, after = nodes[i][2], nodes[j][3]
            remove(before)
            remove(i)
            remove(j)
            nodes[i] = [joined, min(nodes[i][1], nodes[j][1]), before, after]
            nodes[j][3] = -1
            if after >= 0:
                nodes[after][2] = i
            add(before)
            add(i)
    return sorted(chosen.items(), key=lambda item: -item[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--longest", type=int, default=10)
    parser.add_argument("profiles", nargs="+")
    options = parser.parse_args()
    runs = []
    for path in options.profiles:
        runs.extend(read_runs(path))
    chosen = mine(runs, options.rows, options.longest)
    print(HEAD, end="")
    for sequence, _ in chosen:
        print("FUSE(" + ", ".join("k" + op for op in sequence) + ")")
    saved = sum(value for _, value in chosen) / len(options.profiles)
    print(f"{len(chosen)} sequences save {100 * saved:.1f} % of the dispatches",
          file=sys.stderr)


if __name__ == "__main__":
    main()
