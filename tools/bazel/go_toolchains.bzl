"""The Go toolchains that tools/setup_go.sh has put into the cache folder.

@go_toolchains//:versions.bzl has

  GO_VERSIONS    every version of tools/bazel/go_versions.txt, in its order
  GO_ROOTS       version -> GOROOT, for those that are there
  GO_CACHE       the folder for GOCACHE, kept between builds

and @go_toolchains//:installed.txt changes when a toolchain does. They are
written again when setup_go.sh changes its list of what is there.
"""

# The rule of tools/cache_dir.sh.
_ENVIRON = ["GOSHAWK_CACHE", "HOME", "XDG_CACHE_HOME"]

def _cache_folder(ctx):
    env = ctx.os.environ
    if env.get("GOSHAWK_CACHE"):
        return env["GOSHAWK_CACHE"]
    if env.get("XDG_CACHE_HOME"):
        return env["XDG_CACHE_HOME"] + "/goshawk"
    return env["HOME"] + "/.cache/goshawk"

def _go_installed_impl(ctx):
    installed = ctx.path(_cache_folder(ctx) + "/go/installed.txt")
    if not installed.exists:
        fail("%s is missing; run tools/setup.sh first." % installed)
    ctx.symlink(installed, "installed.txt")
    ctx.file("BUILD", "exports_files([\"installed.txt\"])\n")

_go_installed = repository_rule(
    implementation = _go_installed_impl,
    doc = "Holds a link, so that Bazel watches the file it points to.",
    environ = _ENVIRON,
    local = True,
)

def _words_of_lines(text):
    return [
        line.split(" ")
        for line in text.split("\n")
        if line and not line.startswith("#")
    ]

def _go_toolchains_impl(ctx):
    # ctx.path of a label makes Bazel run this again when the file changes.
    listed = ctx.read(ctx.path(ctx.attr.versions))
    installed = ctx.read(ctx.path(ctx.attr.installed))
    cache = _cache_folder(ctx)
    versions = [words[0] for words in _words_of_lines(listed)]
    roots = {
        words[0]: "%s/go/%s" % (cache, words[0])
        for words in _words_of_lines(installed)
        if words[0] in versions
    }
    ctx.file("versions.bzl", "\n".join([
        "GO_VERSIONS = %r" % versions,
        "GO_ROOTS = %r" % roots,
        "GO_CACHE = %r" % (cache + "/gocache"),
        "",
    ]))
    ctx.file("installed.txt", installed)
    ctx.file("BUILD", "exports_files([\"installed.txt\"])\n")

_go_toolchains = repository_rule(
    implementation = _go_toolchains_impl,
    attrs = {
        "installed": attr.label(default = "@go_installed//:installed.txt"),
        "versions": attr.label(default = "//tools/bazel:go_versions.txt"),
    },
    environ = _ENVIRON,
    local = True,
)

def go_toolchains(name):
    _go_installed(name = "go_installed")
    _go_toolchains(name = name)
