"""Describes the machine, the versions and the sizes of what was measured."""

import datetime
import glob
import json
import os
import platform
import shutil
import subprocess
import tempfile


def output(*words):
    """The first line that a command prints, or ''."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False,
                              timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ''
    lines = done.stdout.decode('utf-8', 'replace').strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else ''


def lines_of(path):
    """The lines of a file, none if it cannot be read."""
    try:
        with open(path, encoding='utf-8') as file:
            return file.read().splitlines()
    except OSError:
        return []


def field(path, name, separator=':'):
    """What stands behind a name in a file of names and values, or ''."""
    for line in lines_of(path):
        if line.split(separator)[0].strip() == name:
            return line.split(separator, 1)[1].strip().strip('"')
    return ''


def stripped_size(path):
    """The size without symbols: what would be shipped."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'copy')
        shutil.copy(path, copy)
        os.chmod(copy, 0o755)
        subprocess.run(['strip', copy], check=False,
                       stderr=subprocess.DEVNULL)
        return os.path.getsize(copy)


def engine_sizes(paths):
    """Bytes on disk of the engines' own files, shared C libraries left out.

    WasmEdge is a small command beside its library.
    """
    sizes = {}
    for name in ('goshawk', 'node', 'wazero'):
        if name in paths:
            sizes[name] = stripped_size(os.path.realpath(paths[name]))
    if 'wasmedge' in paths:
        usr = os.path.join(os.path.dirname(paths['wasmedge']), 'usr')
        files = glob.glob(usr + '/lib/*/libwasmedge.so.*.*')
        sizes['wasmedge'] = sum(
            stripped_size(f) for f in files + [usr + '/bin/wasmedge']
            if not os.path.islink(f))
    return sizes


def program_sizes(suite):
    """Bytes of the smallest and the median program of each build."""
    sizes = {}
    for build in ('js', 'wasip1', 'native'):
        files = glob.glob(os.path.join(suite, build, '*'))
        ordered = sorted(os.path.getsize(f) for f in files)
        if ordered:
            sizes[build] = [ordered[0], ordered[len(ordered) // 2]]
    return sizes


def package_version(path, name):
    """The version of a Debian package that bench/peers.sh unpacked."""
    folder = os.path.dirname(path)
    while folder != os.path.dirname(folder):
        for line in lines_of(os.path.join(folder, 'packages')):
            if line.split('\t')[0] == name:
                return 'Debian ' + line.split('\t')[1]
        folder = os.path.dirname(folder)
    return ''


def versions(paths):
    """Versions by name. What Debian packaged may call itself just "dev"."""
    found = {}
    for name, question in (('go', 'version'), ('goshawk', '--version'),
                           ('node', '--version'), ('wabt', '--version')):
        if name in paths:
            found[name] = output(paths[name], question)
    for name in ('wazero', 'wasmedge'):
        if name in paths:
            found[name] = package_version(paths[name], name)
    if paths['esbuild']:
        package = os.path.join(paths['esbuild'], 'esbuild-wasm/package.json')
        with open(package, encoding='utf-8') as file:
            found['esbuild'] = json.load(file)['version']
    return found


def commit(here):
    """The commit; with what was changed since, but for results."""
    name = output('git', '-C', here, 'describe', '--always')
    changed = output('git', '-C', here, 'status', '--porcelain',
                     '--untracked-files=no', '--', ':/',
                     ':(top,exclude)README.md', ':(top,exclude)bench/results')
    return name + '-dirty' if changed else name


def describe_host(command):
    """The machine, the date, and the commit of what is measured."""
    here = os.path.dirname(os.path.abspath(__file__))
    memory = field('/proc/meminfo', 'MemTotal').split()
    return {
        'date': datetime.datetime.now().astimezone().isoformat(
            timespec='minutes'),
        'command': command.strip(),
        'commit': commit(here),
        'cpu': field('/proc/cpuinfo', 'model name') or platform.processor(),
        'cores': os.cpu_count(),
        'memory_mb': int(memory[0]) // 1024 if memory else 0,
        'system': field('/etc/os-release', 'PRETTY_NAME', '='),
        'kernel': platform.release(),
    }


def describe(plan, command):
    about = describe_host(command)
    about.update(
        go_version=plan.go, runs=plan.runs, versions=versions(plan.paths),
        engine_bytes=engine_sizes(plan.paths),
        program_bytes=program_sizes(plan.suite))
    return about
