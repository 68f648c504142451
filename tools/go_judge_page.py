"""Writes the tables of tests/README.md from the results that are kept.

tools/go_judge_page.sh says how it is called and with which environment.
"""

import collections
import json
import re
import sys

import go_judge
import go_lang_test
import go_std_test
from go_judge import ENGINES, ROOT, cache, say

PAGE = ROOT / "tests" / "README.md"
SECTION = re.compile(r"(<!-- {0}: begin -->\n).*(<!-- {0}: end -->)"
                     .format("tables"), re.DOTALL)

# How many packages the list of the slowest has.
SLOWEST = 10


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n"
                   for line in lines)


class Version:
    """What is kept of one Go version."""

    def __init__(self, version, reasons):
        self.version = version
        self.reasons = reasons
        toolchain = go_judge.Toolchain(version, "go_std")
        self.runs = {}  # package -> engine -> Run
        self.dates = set()
        for folder in sorted(toolchain.results.glob("*")):
            package = folder.name.replace("__", "/")
            self.runs[package] = {}
            for engine in ENGINES:
                run, _ = go_std_test.kept_run(toolchain, engine, package)
                if run:
                    self.runs[package][engine] = run
                    note = json.loads((folder / f"{engine}.json").read_text())
                    self.dates.add(note.get("date", "?"))

    def both(self):
        return {package: runs for package, runs in self.runs.items()
                if len(runs) == len(ENGINES)}

    def row(self):
        ran = collections.Counter(engine for runs in self.runs.values()
                                  for engine in runs)
        outcomes = collections.Counter(
            outcome for runs in self.runs.values() if "goshawk" in runs
            for outcome in runs["goshawk"].tests.values())
        node, here, unexplained = 0, 0, 0
        totals = collections.Counter()
        for package, runs in self.both().items():
            for test, outcome in runs["node"].tests.items():
                if outcome == "pass":
                    node += 1
                    here += runs["goshawk"].tests.get(test) == "pass"
            for test, mine, other in go_judge.differences(runs):
                unexplained += self.reasons.find(
                    self.version, package, test, mine, other) is None
            for engine, run in runs.items():
                totals[engine, "wall"] += run.seconds
                totals[engine, "cpu"] += run.cpu
        times = [f"{totals[engine, 'wall']:.0f} ({totals[engine, 'cpu']:.0f})"
                 for engine in ENGINES]
        return [self.version, f"{ran['goshawk']} / {ran['node']}",
                outcomes["pass"], outcomes["fail"], outcomes["skip"],
                node, here, unexplained, *times,
                f"{min(self.dates)} to {max(self.dates)}"]

    def slowest(self):
        """The packages where node takes the least of goshawk's time."""
        def ahead(item):
            return item[1]["goshawk"].cpu - item[1]["node"].cpu
        rows = []
        for package, runs in sorted(self.both().items(), key=ahead,
                                    reverse=True)[:SLOWEST]:
            here, there = (runs[engine] for engine in ENGINES)
            rows.append([package, here.seconds, there.seconds, here.cpu,
                         there.cpu, f"{here.cpu / max(there.cpu, 0.01):.1f}"])
        return rows


def language_row(version):
    toolchain = go_judge.Toolchain(version, "go_lang")
    kept = {engine: go_lang_test.Kept(engine, toolchain).tests
            for engine in ENGINES}
    row = [version]
    for engine in ENGINES:
        found = collections.Counter(result["outcome"]
                                    for result in kept[engine].values())
        row += [found["pass"], found["fail"] + found["none"], found["skip"]]
    worse = [test for test, result in kept["goshawk"].items()
             if result["outcome"] != "pass" and
             kept["node"].get(test, {}).get("outcome") == "pass"]
    dates = {result["date"] for tests in kept.values()
             for result in tests.values()}
    return [*row, len(worse), f"{min(dates)} to {max(dates)}"]


def tables():
    reasons = go_judge.Reasons()
    versions = [Version(folder.name, reasons)
                for folder in sorted((cache() / "go_std").glob("*"))
                if any(folder.glob("*/*.json"))]
    parts = [table(
        ["Go", "packages: goshawk / node", "pass", "fail", "skip",
         "node passes", "of these goshawk passes", "differences not explained",
         "goshawk s (cpu)", "node s (cpu)", "when"],
        [version.row() for version in versions])]
    newest = versions[-1]
    parts.append(
        f"The packages of Go {newest.version} where node is furthest ahead, by "
        "processor seconds:\n\n" +
        table(["package", "goshawk s", "node s", "goshawk cpu", "node cpu",
               "ratio"], newest.slowest()))
    rows = [language_row(folder.name)
            for folder in sorted((cache() / "go_lang").glob("*"))]
    parts.append("Language tests:\n\n" + table(
        ["Go", "goshawk: pass", "fail", "skip", "node: pass", "fail", "skip",
         "pass under node only", "when"], rows))
    return "\n".join(parts)


def main():
    text = PAGE.read_text()
    text, found = SECTION.subn(
        lambda match: match[1] + "\n" + tables() + "\n" + match[2], text)
    if found != 1:
        say(f"{PAGE} has no place for tables")
        return 1
    PAGE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
