"""Runs tests of Go's standard library under goshawk and under node.

tools/go_std_test.sh says how it is called and with which environment. For
each package a folder GOSHAWK_CACHE/go_std/VERSION/PACKAGE keeps the compiled
tests and, for each engine, the output, and what is known of the run.
"""

import collections
import json
import os
import subprocess
import sys

import go_judge
from go_judge import OUT_OF_TIME, say

# The testing package's own words, after which it lists tests as failed.
TIMED_OUT = "panic: test timed out after"


def all_packages(toolchain):
    """All packages with tests, as `go list std` orders them."""
    listed = subprocess.run(
        [toolchain.go, "list", "-f",
         "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}", "std"],
        env=toolchain.js_env, cwd=toolchain.root / "src", check=True,
        text=True, stdout=subprocess.PIPE).stdout
    return [line for line in listed.splitlines() if line]


def folder_of(toolchain, package):
    return toolchain.results / package.replace("/", "__")


def compile_tests(toolchain, package):
    """Returns the file of a package's tests; None if there are none."""
    folder = folder_of(toolchain, package)
    folder.mkdir(parents=True, exist_ok=True)
    wasm = folder / "test.wasm"
    if wasm.exists():
        return wasm
    log = folder / "compile.txt"
    with open(log, "wb") as out:
        code = subprocess.run(
            [toolchain.go, "test", "-c", "-o", wasm, package],
            env=toolchain.js_env, cwd=toolchain.root / "src", stdout=out,
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
    script = toolchain.wasm_file("wasm_exec_node.js")
    return ["node", *flags, str(script)]


def run_tests(engine, toolchain, package, wasm, limit):
    command = command_of(engine, toolchain) + [
        str(wasm), "-test.paniconexit0", f"-test.timeout={limit}s",
        "-test.short", "-test.v"]
    directory = toolchain.root / "src" / package
    env = dict(toolchain.js_env, PWD=str(directory))
    executable = None
    if engine == "goshawk":
        # Under this name it is Go's own convention.
        executable, command[0] = command[0], "go_js_wasm_exec"
    watch = go_judge.Stopwatch()
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
    return {"exit_code": code, **watch.read()}


def kept_run(toolchain, engine, package):
    """The Run that is kept, and with which engine; (None, None) if none is."""
    note = folder_of(toolchain, package) / f"{engine}.json"
    if not note.exists():
        return None, None
    known = json.loads(note.read_text())
    output = note.with_suffix(".txt").read_text(encoding="utf-8",
                                                errors="replace")
    return go_judge.Run(known["exit_code"], known["seconds"], known["cpu"],
                        go_judge.parse(output)), known["engine"]


def run_of(engine, toolchain, package, wasm, flags, fingerprint):
    """The Run of a package, the one that is kept if that is still true."""
    if not (flags.again and engine == "goshawk"):
        run, had = kept_run(toolchain, engine, package)
        if run and (flags.keep or had == fingerprint):
            return run
    note = run_tests(engine, toolchain, package, wasm, flags.limit)
    note.update(engine=fingerprint, date=go_judge.today())
    (wasm.parent / f"{engine}.json").write_text(json.dumps(note))
    return kept_run(toolchain, engine, package)[0]


def summary(run):
    text = go_judge.counts(run.tests.values())
    if run.exit_code not in (0, 1):
        text += f" ({run.exit_code})"
    return f"{text}, {run.seconds} s, cpu {run.cpu} s"


def main():
    flags = go_judge.flags_parser("go_std_test.sh").parse_args()
    toolchain, engines = go_judge.open_toolchain(flags, "go_std")
    prints = {engine: toolchain.fingerprint(engine) for engine in engines}
    reasons = go_judge.Reasons()
    totals = {engine: [] for engine in engines}
    seconds, cpu = collections.Counter(), collections.Counter()
    packages = collections.Counter()
    unexplained = 0
    for package in flags.tests or all_packages(toolchain):
        wasm = compile_tests(toolchain, package)
        if wasm is None:
            continue
        runs = {}
        for engine in engines:
            if (flags.quick and engine == "node" and
                    runs["goshawk"].exit_code == 0 and
                    kept_run(toolchain, engine, package)[0] is None):
                continue
            run = run_of(engine, toolchain, package, wasm, flags,
                         prints[engine])
            runs[engine] = run
            packages[engine] += 1
            totals[engine] += run.tests.values()
            seconds[engine] += run.seconds
            cpu[engine] += run.cpu
        say(f"{package}: " + "; ".join(f"{engine} {summary(run)}"
                                       for engine, run in runs.items()))
        if len(runs) == 2:
            unexplained += go_judge.report(flags.version, package, runs,
                                           reasons)
    for engine in engines:
        say(f"{engine}: {packages[engine]} packages, "
            f"{go_judge.counts(totals[engine])}; {seconds[engine]:.0f} s, "
            f"processors {cpu[engine]:.0f} s")
    if len(engines) == 2:
        say(f"differences without a reason: {unexplained}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
