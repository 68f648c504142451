"""Guests: programs compiled from Go source for GOOS=js GOARCH=wasm."""

load("@go_toolchains//:versions.bzl", "GO_CACHE", "GO_ROOTS", "GO_VERSIONS")
load("@rules_cc//cc:defs.bzl", "cc_library")

# The Go command keeps compiled packages in GO_CACHE between builds, so its
# actions run outside any sandbox. -trimpath makes the result depend on source
# and toolchain alone.
_COMMAND = """
set -eu
root="$1" cache="$2" out="$3"
shift 3
case "$out" in /*) ;; *) out="$PWD/$out" ;; esac
export GOROOT="$root" GOCACHE="$cache" GOPATH="$cache/gopath"
export GOENV=off GOFLAGS= GOTOOLCHAIN=local GOPROXY=off CGO_ENABLED=0
export GOOS=js GOARCH=wasm
case "$1" in
  std) cd "$root/src" && "$root/bin/go" test -c -trimpath -o "$out" "$2" ;;
  */go.mod) cd "${1%/*}" && "$root/bin/go" build -trimpath -o "$out" "./$2" ;;
  *) "$root/bin/go" build -trimpath -o "$out" "$@" ;;
esac
"""

def _go_wasm_impl(ctx):
    arguments = ctx.actions.args()
    arguments.add_all([GO_ROOTS[ctx.attr.version], GO_CACHE, ctx.outputs.out])
    if ctx.attr.std_test:
        arguments.add_all(["std", ctx.attr.std_test])
    elif ctx.file.go_mod:
        arguments.add_all([ctx.file.go_mod.path, ctx.attr.package])
    else:
        arguments.add_all(ctx.files.srcs)
    ctx.actions.run_shell(
        inputs = ctx.files.srcs + ctx.files.go_mod + [ctx.file._installed],
        outputs = [ctx.outputs.out],
        command = _COMMAND,
        arguments = [arguments],
        mnemonic = "GoWasm",
        progress_message = "Compiling %s with Go %s" %
                           (ctx.attr.std_test or ctx.label.name, ctx.attr.version),
        execution_requirements = {"local": "1", "no-sandbox": "1"},
    )
    return [DefaultInfo(
        files = depset([ctx.outputs.out]),
        runfiles = ctx.runfiles([ctx.outputs.out]),
    )]

_go_wasm = rule(
    implementation = _go_wasm_impl,
    attrs = {
        "go_mod": attr.label(
            allow_single_file = True,
            doc = "The module that the program belongs to, if it does.",
        ),
        "out": attr.output(mandatory = True),
        "package": attr.string(doc = "The program's folder in go_mod's."),
        "srcs": attr.label_list(allow_files = [".go"]),
        "std_test": attr.string(
            doc = "A package of the standard library: compile its tests.",
        ),
        "version": attr.string(mandatory = True),
        "_installed": attr.label(
            allow_single_file = True,
            default = "@go_toolchains//:installed.txt",
        ),
    },
)

def _for_each_toolchain(name, versions, **kwargs):
    outs = []
    for version in versions or GO_VERSIONS:
        if version in GO_ROOTS:
            target = "%s_go%s" % (name, version)
            outs.append(":" + target)
            _go_wasm(
                name = target,
                out = target + ".wasm",
                version = version,
                **kwargs
            )
    native.filegroup(
        name = name,
        srcs = outs,
        data = outs,
        visibility = kwargs.get("visibility"),
    )

def _minor(version):
    return int(version.split(".")[1])

def go_guest(name, srcs = None, since = None, **kwargs):
    """A program, compiled by every toolchain that is there.

    Args:
      name: <name>_go<version> is the program compiled by one toolchain, its
        file <name>_go<version>.wasm; <name> is all of them.
      srcs: package main; default <name>.go.
      since: the first version that can compile it; default all can.
      **kwargs: attributes of every target.
    """
    versions = [
        v
        for v in GO_VERSIONS
        if not since or _minor(v) >= _minor(since)
    ]
    _for_each_toolchain(name, versions, srcs = srcs or [name + ".go"], **kwargs)

def go_module_guest(name, go_mod, package, srcs, versions = None, **kwargs):
    """A program of several packages, named as go_guest's.

    Args:
      name: as go_guest's.
      go_mod: the go.mod of its module.
      package: its folder, seen from there.
      srcs: all that it is compiled from.
      versions: default all.
      **kwargs: attributes of every target.
    """
    _for_each_toolchain(
        name,
        versions,
        go_mod = go_mod,
        package = package,
        srcs = srcs,
        **kwargs
    )

def go_std_test(name, package, versions = None, **kwargs):
    """The tests of a package of the standard library, named as go_guest's."""
    _for_each_toolchain(name, versions, std_test = package, **kwargs)

def _go_version_list_impl(ctx):
    ctx.actions.write(ctx.outputs.out, "".join([
        "GOSHAWK_GO_VERSION(\"%s\", %s, \"%s\")\n" %
        (version, str(version in GO_ROOTS).lower(), GO_ROOTS.get(version, ""))
        for version in GO_VERSIONS
    ]))

_go_version_list = rule(
    implementation = _go_version_list_impl,
    attrs = {"out": attr.output(mandatory = True)},
)

def go_version_list(name, out, **kwargs):
    """An X-macro list: GOSHAWK_GO_VERSION("1.27", is it there, "GOROOT")."""
    _go_version_list(name = name + "_list", out = out)
    cc_library(name = name, textual_hdrs = [out], **kwargs)
