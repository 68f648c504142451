"""The engines that are compared: one row each, everything else derived.

An engine runs one of three builds of a program: `js` (GOOS=js), `wasip1`
(GOOS=wasip1) or `native`. Its command is a list of words in which {wasm}
stands for the program's file; the words {goshawk}, {node}, {wazero} and so
on are paths that bench/compare.sh found. Engines that would take minutes for
the full sizes run the small ones; `both` marks those that run both, so that
the slow ones have something to be compared with.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Engine:
    name: str
    label: str
    build: str  # js, wasip1 or native
    sizes: tuple  # of 'full' and 'small'
    command: tuple
    needs: tuple  # paths that the command needs
    env: tuple = ()  # of (name, value)


FULL, SMALL, BOTH = ('full',), ('small',), ('full', 'small')

# Go's own launcher gives V8 this stack, for deep recursion.
NODE = ('{node}', '--stack-size=8192', '{node_flags}', '{wasm_exec_node}',
        '{wasm}')

ENGINES = [
    Engine('goshawk', 'Goshawk', 'js', BOTH,
           ('{goshawk}', 'run', '{wasm}'), ('goshawk',)),
    Engine('node', 'node (V8, all tiers)', 'js', FULL, NODE, ('node',)),
    Engine('node-liftoff', 'node --liftoff-only', 'js', BOTH,
           ('{node}', '--liftoff-only') + NODE[1:], ('node',)),
    Engine('node-jitless', 'node --jitless', 'js', SMALL,
           ('{node}', '--jitless') + NODE[1:], ('node',)),
    Engine('wazero', 'wazero compiler', 'wasip1', FULL,
           ('{wazero}', 'run', '{wasm}'), ('wazero',)),
    Engine('wazero-interp', 'wazero interpreter', 'wasip1', SMALL,
           ('{wazero}', 'run', '-interpreter', '{wasm}'), ('wazero',)),
    Engine('wasmedge', 'WasmEdge interpreter', 'wasip1', SMALL,
           ('{wasmedge}', '--force-interpreter', '{wasm}'), ('wasmedge',)),
    Engine('wabt', 'wabt wasm-interp', 'wasip1', SMALL,
           ('{wabt}', '--wasi', '-V', '1000000', '-C', '1000000', '{wasm}'),
           ('wabt',)),
    # One thread, as the WebAssembly builds have.
    Engine('native', 'native Go', 'native', BOTH, ('{wasm}',), (),
           env=(('GOMAXPROCS', '1'),)),
]

# esbuild comes as a program of its own; see the packages in bench/peers.sh.
# Its js build runs under every js engine, with files.
ESBUILD_COMMANDS = {
    'goshawk': ('{goshawk}', 'run', '--dir', '{esbuild}',
                '{esbuild}/esbuild-wasm/esbuild.wasm'),
    'node': ('{node}', '{esbuild}/esbuild-wasm/bin/esbuild'),
    'node-liftoff': ('{node}', '--liftoff-only',
                     '{esbuild}/esbuild-wasm/bin/esbuild'),
    'native': ('{esbuild}/@esbuild/linux-x64/bin/esbuild',),
}
ESBUILD_ARGUMENTS = ('--bundle', '--minify', '--format=esm',
                     '{esbuild}/lodash-es/lodash.js')


def named(name):
    """The engine of that name; `goshawk:D` is Goshawk with dispatcher D."""
    if name.startswith('goshawk:'):
        base = named('goshawk')
        dispatcher = name.split(':', 1)[1]
        return dataclasses.replace(
            base, name=name, label=f'Goshawk ({dispatcher})',
            command=base.command[:2] + (f'--dispatch={dispatcher}',) +
            base.command[2:])
    for engine in ENGINES:
        if engine.name == name:
            return engine
    raise KeyError(name)


def default_names():
    return [engine.name for engine in ENGINES]


def fill(words, paths):
    """Puts paths into a command; words that come out empty are dropped."""
    filled = []
    for word in words:
        text = word.format_map(paths)
        if text:
            filled.append(text)
    return filled
