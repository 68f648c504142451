"""Runs Go's language tests, $GOROOT/test, under goshawk and under node.

tools/go_lang_test.sh says how it is called and with which environment. What
judges is Go's own runner, cmd/internal/testdir, which compiles for js and
finds a go_js_wasm_exec in PATH: one for each engine, which also stops what
hangs. GOSHAWK_CACHE/go_lang/VERSION/ENGINE.json keeps the outcome and output
of each test.
"""

import json
import os
import re
import subprocess
import sys

import go_judge
from go_judge import ROOT, say

# The kinds of tests that run a program. One more, buildrun, runs the compiled
# file without go_js_wasm_exec, which no js program survives.
KINDS = ("run", "runoutput", "rundir", "runindir", "buildrundir",
         "errorcheckandrundir", "errorcheckoutput")

# How many tests one start of the runner gets; results are kept after each.
BATCH = 40

# Where the package of the runner lists the folders that it looks into.
FOLDERS = re.compile(r"^\s*dirs = \[\]string\{(.*)\}$", re.MULTILINE)

# The end of a test's section in what the runner prints.
SECTION = re.compile(r"^\s*(?:=== (?:RUN|CONT|NAME|PAUSE)|--- [A-Z]+:)\s+"
                     r"Test/(\S+).*$", re.MULTILINE)


def kind_of(file):
    """The first word of a test's header, as the runner finds it."""
    with open(file, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            words = line.removeprefix("//").split()
            if not line.startswith("//") or not words:
                return ""
            if not words[0].startswith(("go:build", "+build")):
                return words[0]
    return ""


def all_tests(toolchain):
    runner = toolchain.root / "src/cmd/internal/testdir/testdir_test.go"
    folders = re.findall('"([^"]+)"', FOLDERS.search(runner.read_text())[1])
    tests = toolchain.root / "test"
    found = []
    for folder in folders:
        found += [str(file.relative_to(tests))
                  for file in sorted((tests / folder).glob("*.go"))
                  if kind_of(file) in KINDS]
    return found


def compile_runner(toolchain):
    runner = toolchain.results / "testdir.test"
    if not runner.exists():
        subprocess.run(
            [toolchain.go, "test", "-c", "-o", runner,
             "cmd/internal/testdir"],
            env=toolchain.env, cwd=toolchain.root / "src", check=True)
    return runner


def write_exec(engine, toolchain, limit):
    """Makes the go_js_wasm_exec of an engine; returns its folder."""
    folder = toolchain.results / engine
    folder.mkdir(parents=True, exist_ok=True)
    command = (ROOT / "tools" / "go_js_wasm_exec" if engine == "goshawk" else
               toolchain.wasm_file("go_js_wasm_exec"))
    script = folder / "go_js_wasm_exec"
    script.write_text(f'#!/bin/sh\nexec timeout {limit} "{command}" "$@"\n')
    script.chmod(0o755)
    return folder


def pattern(tests):
    """What -test.run of the runner takes for these tests."""
    return "|".join(
        "/".join(f"^{re.escape(part)}$" for part in ["Test", *test.split("/")])
        for test in tests)


def sections(output):
    """What the runner says of each test."""
    texts = {}
    marks = [*SECTION.finditer(output), None]
    for mark, end in zip(marks, marks[1:]):
        text = output[mark.end():end.start() if end else None].strip("\n")
        if text:
            texts[mark[1]] = texts.get(mark[1], "") + text + "\n"
    return texts


def run_batch(engine, toolchain, runner, tests, limit):
    """Returns name -> {outcome, output}."""
    folder = write_exec(engine, toolchain, limit)
    env = dict(toolchain.env)
    env["PATH"] = f"{folder}:{toolchain.root}/bin:{env['PATH']}"
    if engine == "goshawk":
        env["GOSHAWK_BINARY"] = os.environ["GOSHAWK_BINARY"]
    output = subprocess.run(
        [runner, "-target=js/wasm", "-test.v", "-test.parallel=1",
         "-test.timeout=0", f"-test.run={pattern(tests)}"],
        env=env, cwd=toolchain.root / "src/cmd/internal/testdir", check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT).stdout.decode(errors="replace")
    outcomes = go_judge.parse(output)
    texts = sections(output)
    return {test: {"outcome": outcomes.get("Test/" + test, "none"),
                   "output": texts.get(test, "")[-4000:]} for test in tests}


class Kept:
    """The kept results of one engine."""

    def __init__(self, engine, toolchain):
        self.engine = engine
        self.file = toolchain.results / f"{engine}.json"
        self.tests = (json.loads(self.file.read_text())
                      if self.file.exists() else {})

    def add(self, found, note):
        for test, result in found.items():
            self.tests[test] = {**result, **note}
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self.tests, indent=0, sort_keys=True))
        new.rename(self.file)

    def run(self, tests):
        outcomes = {test: self.tests[test]["outcome"]
                    for test in tests if test in self.tests}
        return go_judge.Run(0, None, None, outcomes)


def run_missing(kept, toolchain, tests, flags):
    """Runs those tests whose kept results are not there, or not true."""
    fingerprint = toolchain.fingerprint(kept.engine)
    if flags.again and kept.engine == "goshawk":
        todo = tests
    else:
        todo = [test for test in tests if test not in kept.tests or not (
            flags.keep or kept.tests[test]["engine"] == fingerprint)]
    runner = compile_runner(toolchain)
    for start in range(0, len(todo), BATCH):
        batch = todo[start:start + BATCH]
        found = run_batch(kept.engine, toolchain, runner, batch, flags.limit)
        kept.add(found, {"engine": fingerprint, "date": go_judge.today()})
        outcomes = [result["outcome"] for result in found.values()]
        say(f"{kept.engine}, {start + len(batch)} of {len(todo)}: "
            f"{go_judge.counts(outcomes)}")


def main():
    flags = go_judge.flags_parser("go_lang_test.sh").parse_args()
    toolchain, engines = go_judge.open_toolchain(flags, "go_lang")
    if not (toolchain.root / "test").exists():
        say(f"Go {flags.version} comes without its folder test")
        return 2
    toolchain.results.mkdir(parents=True, exist_ok=True)
    tests = flags.tests or all_tests(toolchain)
    runs = {}
    for engine in engines:
        kept = Kept(engine, toolchain)
        wanted = tests
        if flags.quick and engine == "node":
            wanted = [test for test in tests if test in kept.tests or
                      runs["goshawk"].tests[test] not in ("pass", "skip")]
        run_missing(kept, toolchain, wanted, flags)
        runs[engine] = kept.run(tests)
        say(f"{engine}: {go_judge.counts(runs[engine].tests.values())}")
    if len(runs) < 2:
        return 0
    if flags.quick:
        both = runs["node"].tests
        runs["goshawk"] = runs["goshawk"]._replace(
            tests={test: runs["goshawk"].tests[test] for test in both})
    unexplained = go_judge.report(flags.version, "test", runs,
                                  go_judge.Reasons())
    say(f"differences without a reason: {unexplained}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
