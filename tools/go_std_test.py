"""Compares tests of Go's standard library under goshawk and under node.

tools/go_std_test.sh says how it is called and with which environment. For
each package a folder GOSHAWK_CACHE/go_std/VERSION/PACKAGE keeps the compiled
tests and, for each engine, the output, and what is known of the run.
"""

import argparse
import collections
import fnmatch
import hashlib
import json
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

# The testing package's own words, after which it lists tests as failed.
TIMED_OUT = "panic: test timed out after"
OUT_OF_TIME = "out of time"

# A run, its wall clock and processor seconds, and its tests: name -> outcome.
Run = collections.namedtuple("Run", "exit_code seconds cpu tests")


def say(text):
    print(text, flush=True)


class Toolchain:
    """One Go toolchain and where its results are."""

    def __init__(self, version, cache):
        self.version = version
        self.root = cache / "go" / version
        self.results = cache / "go_std" / version
        self.go = self.root / "bin" / "go"
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": os.environ.get("HOME", "/"),
            "GOROOT": str(self.root),
            "GOCACHE": str(cache / "gocache"),
            "GOPATH": str(cache / "gocache" / "gopath"),
            "GOENV": "off",
            "GOFLAGS": "",
            "GOTOOLCHAIN": "local",
            "GOPROXY": "off",
            "CGO_ENABLED": "0",
            "GOOS": "js",
            "GOARCH": "wasm",
        }

    def node_script(self):
        for folder in ("lib", "misc"):
            script = self.root / folder / "wasm" / "wasm_exec_node.js"
            if script.exists():
                return script
        return None

    def lend_zones(self):
        """Gives it the zoneinfo.zip that Debian leaves out of old ones."""
        zones = pathlib.Path("lib", "time", "zoneinfo.zip")
        if not (self.root / zones).exists():
            others = sorted(self.root.parent.glob("*/" + str(zones)))
            if others:
                (self.root / zones).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(others[-1], self.root / zones)

    def packages(self):
        """All packages with tests, as `go list std` orders them."""
        listed = subprocess.run(
            [self.go, "list", "-f",
             "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}",
             "std"],
            env=self.env, cwd=self.root / "src", check=True, text=True,
            stdout=subprocess.PIPE).stdout
        return [line for line in listed.splitlines() if line]

    def compile(self, package):
        """Returns the file of a package's tests; None if there are none."""
        folder = self.results / package.replace("/", "__")
        folder.mkdir(parents=True, exist_ok=True)
        wasm = folder / "test.wasm"
        if wasm.exists():
            return wasm
        log = folder / "compile.txt"
        with open(log, "wb") as out:
            code = subprocess.run(
                [self.go, "test", "-c", "-o", wasm, package], env=self.env,
                cwd=self.root / "src", stdout=out,
                stderr=subprocess.STDOUT, check=False).returncode
        if code != 0:
            say(f"{package}: does not compile; see {log}")
        return wasm if wasm.exists() else None


def command_of(engine, toolchain):
    if engine == "goshawk":
        return [os.environ["GOSHAWK_BINARY"]]
    flags = ["--stack-size=8192"]
    if toolchain.version == "1.19":
        # Its script sets globalThis.crypto, which newer nodes do not let it.
        flags.append("--no-experimental-global-webcrypto")
    return ["node", *flags, str(toolchain.node_script())]


def fingerprint(engine, toolchain):
    """What a result depends on beside the compiled tests."""
    if engine == "node":
        return subprocess.run(["node", "--version"], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()
    with open(os.environ["GOSHAWK_BINARY"], "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def parse(output):
    tests = {name: "fail" for name in STARTED.findall(output)}
    for outcome, name in RESULT.findall(output):
        tests[name] = outcome.lower()
    return tests


def children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run_tests(engine, toolchain, package, wasm, limit):
    command = command_of(engine, toolchain) + [
        str(wasm), "-test.paniconexit0", f"-test.timeout={limit}s",
        "-test.short", "-test.v"]
    directory = toolchain.root / "src" / package
    env = dict(toolchain.env, PWD=str(directory))
    executable = None
    if engine == "goshawk":
        # Under this name it is Go's own convention.
        executable, command[0] = command[0], "go_js_wasm_exec"
    start, cpu = time.monotonic(), children_seconds()
    log = wasm.parent / f"{engine}.txt"
    with open(log, "wb") as out:
        try:
            code = subprocess.run(
                command, executable=executable, env=env, cwd=directory,
                stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, timeout=limit + 10,
                check=False).returncode
        except subprocess.TimeoutExpired:
            code = OUT_OF_TIME
    if TIMED_OUT in log.read_text(encoding="utf-8", errors="replace"):
        code = OUT_OF_TIME
    return {"exit_code": code,
            "seconds": round(time.monotonic() - start, 2),
            "cpu": round(children_seconds() - cpu, 2)}


def result_of(engine, toolchain, package, wasm, flags, print_of_engine):
    """The Run of a package, an earlier one if that is still true."""
    log = wasm.parent / f"{engine}.txt"
    note = wasm.parent / f"{engine}.json"
    known = None
    if note.exists() and not (flags.again and engine == "goshawk"):
        known = json.loads(note.read_text())
        if known["engine"] != print_of_engine and not flags.keep:
            known = None
    if known is None:
        known = run_tests(engine, toolchain, package, wasm, flags.limit)
        known["engine"] = print_of_engine
        note.write_text(json.dumps(known))
    output = log.read_text(encoding="utf-8", errors="replace")
    return Run(known["exit_code"], known["seconds"], known["cpu"],
               parse(output))


class Reasons:
    """tests/go_std/differences.txt."""

    def __init__(self, path):
        self.rows = []
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


def summary(run):
    counts = collections.Counter(run.tests.values())
    text = " ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
    if run.exit_code not in (0, 1):
        text += f" ({run.exit_code})"
    return f"{text}, {run.seconds} s, cpu {run.cpu} s"


def parse_flags():
    parser = argparse.ArgumentParser(prog="go_std_test.sh")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", choices=ENGINES)
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("version")
    parser.add_argument("packages", nargs="*")
    return parser.parse_args()


def main():
    flags = parse_flags()
    cache = pathlib.Path(os.environ["GOSHAWK_CACHE"])
    toolchain = Toolchain(flags.version, cache)
    if not toolchain.go.exists():
        say(f"no toolchain Go {flags.version}; tools/setup.sh fetches those "
            "that can be had")
        return 2
    toolchain.lend_zones()
    engines = [flags.only] if flags.only else list(ENGINES)
    if "node" in engines and not shutil.which("node"):
        say("no node here: nothing to compare with")
        engines.remove("node")
    prints = {engine: fingerprint(engine, toolchain) for engine in engines}
    reasons = Reasons(pathlib.Path(__file__).resolve().parent.parent /
                      "tests" / "go_std" / "differences.txt")
    totals = {engine: collections.Counter() for engine in engines}
    seconds, cpu = collections.Counter(), collections.Counter()
    explained, unexplained, packages = 0, 0, 0
    for package in flags.packages or toolchain.packages():
        wasm = toolchain.compile(package)
        if wasm is None:
            continue
        packages += 1
        runs = {}
        for engine in engines:
            runs[engine] = result_of(engine, toolchain, package, wasm, flags,
                                     prints[engine])
            totals[engine].update(runs[engine].tests.values())
            seconds[engine] += runs[engine].seconds
            cpu[engine] += runs[engine].cpu
        say(f"{package}: " + "; ".join(f"{engine} {summary(runs[engine])}"
                                       for engine in engines))
        if len(runs) < 2:
            continue
        for test, here, there in differences(runs):
            reason = reasons.find(flags.version, package, test, here, there)
            explained += reason is not None
            unexplained += reason is None
            say(f"  DIFFERS {test}: goshawk {here}, node {there}: "
                f"{reason or 'no reason known'}")
    for engine in engines:
        counts = totals[engine]
        say(f"{engine}: {packages} packages, " +
            ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES) +
            f"; {seconds[engine]:.0f} s, processors {cpu[engine]:.0f} s")
    if len(engines) == 2:
        say(f"differences: {explained} explained, {unexplained} not")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
