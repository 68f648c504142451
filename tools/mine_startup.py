#!/usr/bin/env python3
"""Lists what programs do first, from profiles that `goshawk run --profile` wrote.

usage: mine_startup.py PROFILE... > gojs/startup.def

The functions that ran before main.main in any of the programs, by their mean
place in the order of first calls.
"""

import argparse
import collections
import json

HEAD = """\
// What Go programs do before main.main, in the order of first calls: functions
// of the runtime, and of packages that every program which prints initialises,
// over all Go versions. Made by tools/mine_startup.sh.
//
// STARTUP(name)         as in the module's name section

"""


def functions_before_main(path):
    names = []
    with open(path, encoding="utf-8") as profile:
        for line in profile:
            if not line.startswith("function "):
                continue
            name = line[len("function "):].rsplit(" ", 1)[0]
            if name == "main.main":
                return names
            names.append(name)
    raise SystemExit(f"mine_startup: main.main did not run in {path}")


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__.split("\n\n")[1][len("usage: "):])
    parser.add_argument("profiles", nargs="+", metavar="PROFILE")
    places = collections.defaultdict(list)
    for path in parser.parse_args().profiles:
        for place, name in enumerate(functions_before_main(path)):
            places[name].append(place)
    print(HEAD, end="")
    for name in sorted(places, key=lambda n: (sum(places[n]) / len(places[n]), n)):
        print(f"STARTUP({json.dumps(name)})")


if __name__ == "__main__":
    main()
