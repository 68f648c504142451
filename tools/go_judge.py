"""What go_std_test.py and go_lang_test.py share.

Go's toolchains, the two engines, what a run of tests said, and the comparison
of two runs by the names of tests.
"""

import argparse
import collections
import fnmatch
import hashlib
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time

ENGINES = ("goshawk", "node")
OUTCOMES = ("pass", "fail", "skip")
RESULT = re.compile(r"--- (PASS|FAIL|SKIP): (\S+) \(\d+\.\d+s\)")
STARTED = re.compile(r"^\x16?=== RUN\s+(\S+)$", re.MULTILINE)

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The exit code of a run that was stopped.
OUT_OF_TIME = "out of time"

# A run, its wall clock and processor seconds, and its tests: name -> outcome.
Run = collections.namedtuple("Run", "exit_code seconds cpu tests")


def say(text):
    print(text, flush=True)


def cache():
    return pathlib.Path(os.environ["GOSHAWK_CACHE"])


class Toolchain:
    """One Go toolchain and where results are kept for it."""

    def __init__(self, version, kind):
        self.version = version
        self.root = cache() / "go" / version
        self.results = cache() / kind / version
        self.go = self.root / "bin" / "go"
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": os.environ.get("HOME", "/"),
            "GOROOT": str(self.root),
            "GOCACHE": str(cache() / "gocache"),
            "GOPATH": str(cache() / "gocache" / "gopath"),
            "GOENV": "off",
            "GOFLAGS": "",
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
            "CGO_ENABLED": "0",
        }
        self.js_env = dict(self.env, GOOS="js", GOARCH="wasm")

    def lend_zones(self):
        """Gives it the zoneinfo.zip that Debian leaves out of old ones."""
        zones = pathlib.Path("lib", "time", "zoneinfo.zip")
        if not (self.root / zones).exists():
            others = sorted(self.root.parent.glob("*/" + str(zones)))
            if others:
                (self.root / zones).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(others[-1], self.root / zones)

    def wasm_file(self, name):
        """One of the files that Go has for js, wherever this version has it."""
        for folder in ("lib", "misc"):
            file = self.root / folder / "wasm" / name
            if file.exists():
                return file
        return None

    def fingerprint(self, engine):
        """What a result depends on beside the compiled tests."""
        if engine == "node":
            return subprocess.run(["node", "--version"], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout.strip()
        with open(os.environ["GOSHAWK_BINARY"], "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()


def parse(output):
    """The outcomes of tests in what `go test -v` prints."""
    tests = {name: "fail" for name in STARTED.findall(output)}
    for outcome, name in RESULT.findall(output):
        tests[name] = outcome.lower()
    return tests


def today():
    return time.strftime("%Y-%m-%d")


class Stopwatch:
    """Wall clock and processor seconds of the processes started since."""

    def __init__(self):
        self.wall, self.cpu = time.monotonic(), self._children()

    @staticmethod
    def _children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def read(self):
        return {"seconds": round(time.monotonic() - self.wall, 2),
                "cpu": round(self._children() - self.cpu, 2)}


class Reasons:
    """tests/go_std/differences.txt."""

    def __init__(self):
        self.rows = []
        path = ROOT / "tests" / "go_std" / "differences.txt"
        for line in path.read_text().splitlines():
            words = line.split(None, 5)
            if words and not words[0].startswith("#"):
                self.rows.append(words)

    def find(self, version, package, test, here, there):
        for versions, packages, tests, goshawk, node, reason in self.rows:
            if ((versions == "*" or version in versions.split(",")) and
                    fnmatch.fnmatchcase(package, packages) and
                    fnmatch.fnmatchcase(test, tests) and
                    goshawk == here and node == there):
                return reason
        return None


def differences(runs):
    """Yields (test, outcome under goshawk, under node)."""
    codes = [runs[engine].exit_code for engine in ENGINES]
    if OUT_OF_TIME in codes:
        # What else differs says nothing.
        yield "(time)", *("none" if code == OUT_OF_TIME else "pass"
                          for code in codes)
        return
    here, there = (runs[engine].tests for engine in ENGINES)
    if not here or not there:
        # It ended before its first test.
        if here or there:
            yield "(all)", *("pass" if tests else "none"
                             for tests in (here, there))
        return
    for test in sorted(set(here) | set(there)):
        pair = here.get(test, "none"), there.get(test, "none")
        if pair[0] != pair[1]:
            yield test, *pair
    # A run can fail without one of its tests.
    if [code == 0 for code in codes].count(True) == 1:
        yield "(exit)", *("pass" if code == 0 else "fail" for code in codes)


def counts(tests):
    found = collections.Counter(tests)
    return ", ".join(f"{found[outcome]} {outcome}" for outcome in OUTCOMES)


def flags_parser(program):
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", choices=ENGINES)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("version")
    parser.add_argument("tests", nargs="*")
    return parser


def open_toolchain(flags, kind):
    """The toolchain, and the engines to run; exits if there is none."""
    toolchain = Toolchain(flags.version, kind)
    if not toolchain.go.exists():
        say(f"no toolchain Go {flags.version}; tools/setup.sh fetches those "
            "that can be had")
        sys.exit(2)
    toolchain.lend_zones()
    engines = [flags.only] if flags.only else list(ENGINES)
    if "node" in engines and not shutil.which("node"):
        say("no node here: nothing to compare with")
        engines.remove("node")
    return toolchain, engines


def report(version, package, runs, reasons):
    """Prints how the two runs differ; returns how many are not explained."""
    unexplained = 0
    for test, here, there in differences(runs):
        reason = reasons.find(version, package, test, here, there)
        unexplained += reason is None
        say(f"  DIFFERS {test}: goshawk {here}, node {there}: "
            f"{reason or 'no reason known'}")
    return unexplained
