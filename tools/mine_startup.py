#!/usr/bin/env python3
"""Lists what programs do first, from profiles that `goshawk run --profile` wrote.

usage: mine_startup.py VERSION/PROGRAM.profile... > gojs/startup.def

The functions that ran in all programs of one version at least, by their mean
place in the order of first calls.
"""

import argparse
import collections
import json
import os

# The corpus's own functions, and how it happens to format what it prints.
LEFT_OUT = ("goshawk_corpus_", "fmt.__")

HEAD = """\
// What Go programs call first, in that order: functions that ran in each of
// several programs, over all Go versions. Made by tools/mine_startup.sh.
//
// STARTUP(name)         as in the module's name section

"""


def functions(path):
    with open(path, encoding="utf-8") as profile:
        lines = [line for line in profile if line.startswith("function ")]
    return [line[len("function "):].rsplit(" ", 1)[0] for line in lines]


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__.split("\n\n")[1][len("usage: "):])
    parser.add_argument("profiles", nargs="+", metavar="VERSION/PROGRAM.profile")
    programs = collections.defaultdict(list)
    for path in parser.parse_args().profiles:
        programs[os.path.dirname(path)].append(functions(path))
    places = collections.defaultdict(list)
    for of_version in programs.values():
        everywhere = set.intersection(*map(set, of_version))
        everywhere -= {name for name in everywhere if name.startswith(LEFT_OUT)}
        for names in of_version:
            for place, name in enumerate(names):
                if name in everywhere:
                    places[name].append(place)
    print(HEAD, end="")
    for name in sorted(places, key=lambda n: (sum(places[n]) / len(places[n]), n)):
        print(f"STARTUP({json.dumps(name)})")


if __name__ == "__main__":
    main()
