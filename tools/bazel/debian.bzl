"""Repositories served by the Debian packages that tools/setup.sh installs.

Labels that the rest of the tree may use:

  @rules_cc//cc:defs.bzl
  @com_google_absl//absl/<directory>:<target>   as upstream; see ABSL_TARGETS
  @com_google_googletest//:gtest                gtest and gmock, own main()
  @com_google_googletest//:gtest_main           the same with a main()
  @com_google_benchmark//:benchmark
  @com_google_benchmark//:benchmark_main
"""

# Abseil's public targets: directory -> targets. Debian ships one pkg-config
# file for each target, called absl_<target>; the few called otherwise have
# an entry in ABSL_PKG_CONFIG_NAMES.
ABSL_TARGETS = {
    "algorithm": ["algorithm", "container"],
    "base": ["base", "config", "core_headers", "endian", "log_severity"],
    "cleanup": ["cleanup"],
    "container": [
        "btree",
        "fixed_array",
        "flat_hash_map",
        "flat_hash_set",
        "inlined_vector",
        "node_hash_map",
        "node_hash_set",
    ],
    "debugging": ["failure_signal_handler", "stacktrace", "symbolize"],
    "flags": ["config", "flag", "marshalling", "parse", "reflection", "usage"],
    "functional": ["any_invocable", "bind_front", "function_ref"],
    "hash": ["hash"],
    "memory": ["memory"],
    "meta": ["type_traits"],
    "numeric": ["bits", "int128"],
    "random": ["random"],
    "status": ["status", "statusor"],
    "strings": ["cord", "str_format", "strings"],
    "synchronization": ["synchronization"],
    "time": ["time"],
    "types": ["any", "compare", "optional", "span", "variant"],
    "utility": ["utility"],
}

ABSL_PKG_CONFIG_NAMES = {
    "algorithm:container": "absl_algorithm_container",
    "flags:config": "absl_flags_config",
    "flags:flag": "absl_flags",
    "flags:marshalling": "absl_flags_marshalling",
    "flags:parse": "absl_flags_parse",
    "flags:reflection": "absl_flags_reflection",
    "flags:usage": "absl_flags_usage",
    "random:random": "absl_random_random",
}

def _run(ctx, arguments):
    result = ctx.execute(arguments)
    if result.return_code != 0:
        fail("%s failed; run tools/setup.sh first.\n%s" %
             (" ".join(arguments), result.stderr))
    return result.stdout

def _link_flags(pkg_config_output):
    """Maps each -labsl_x to its static archive; keeps -pthread and the like."""
    flags = []
    for word in pkg_config_output.strip().split(" "):
        if word.startswith("-labsl_"):
            flags.append("-l:lib%s.a" % word[2:])
        elif word and not word.startswith("-L"):
            flags.append(word)
    return flags

def _debian_absl_impl(ctx):
    # The archives depend on each other in an order that pkg-config knows.
    # Each target links its whole list inside one linker group; lists that
    # repeat each other cost nothing in the result.
    for directory, targets in ABSL_TARGETS.items():
        lines = ["package(default_visibility = [\"//visibility:public\"])"]
        for target in targets:
            module = ABSL_PKG_CONFIG_NAMES.get(
                directory + ":" + target,
                "absl_" + target,
            )
            flags = _link_flags(
                _run(ctx, ["pkg-config", "--static", "--libs", module]),
            )
            if flags:
                flags = ["-Wl,--start-group"] + flags + ["-Wl,--end-group"]
            lines.append("cc_library(name = %r, linkopts = %r)" %
                         (target, flags))
        ctx.file("absl/%s/BUILD" % directory, "\n".join(lines) + "\n")
    ctx.file("BUILD", "")

_debian_absl = repository_rule(
    implementation = _debian_absl_impl,
    doc = "Abseil from libabsl-dev: headers of /usr/include, static archives.",
    local = True,
)

def _debian_libraries_impl(ctx):
    lines = ["package(default_visibility = [\"//visibility:public\"])"]
    for name, linkopts in ctx.attr.libraries.items():
        lines.append("cc_library(name = %r, linkopts = %r)" % (name, linkopts))
    ctx.file("BUILD", "\n".join(lines) + "\n")

_debian_libraries = repository_rule(
    implementation = _debian_libraries_impl,
    doc = "Libraries of which /usr has headers and archives.",
    attrs = {
        "libraries": attr.string_list_dict(
            doc = "Target name -> options of the linker.",
        ),
    },
)

def _debian_rules_cc_impl(ctx):
    # Debian's rules_cc 0.0.4 loads use_cpp_toolchain from @bazel_tools, which
    # Bazel 4.2.3 does not have yet; its value is known.
    root = "/usr/share/bazel/rules/cc"
    _run(ctx, ["cp", "-r", root + "/.", "."])
    for name in ["cc_flags_supplier.bzl", "compiler_flag.bzl"]:
        path = "cc/private/rules_impl/" + name
        text = ctx.read(path)
        text = text.replace(", \"use_cpp_toolchain\")", ")")
        text = text.replace(
            "use_cpp_toolchain()",
            "[\"@bazel_tools//tools/cpp:toolchain_type\"]",
        )
        ctx.file(path, text)

_debian_rules_cc = repository_rule(
    implementation = _debian_rules_cc_impl,
    doc = "bazel-rules-cc, made to load under Debian's Bazel.",
)

def debian_repositories():
    _debian_rules_cc(name = "rules_cc")
    _debian_absl(name = "com_google_absl")
    _debian_libraries(
        name = "com_google_googletest",
        libraries = {
            "gtest": ["-l:libgmock.a", "-l:libgtest.a", "-pthread"],
            "gtest_main": [
                "-l:libgmock_main.a",
                "-l:libgmock.a",
                "-l:libgtest.a",
                "-pthread",
            ],
        },
    )
    _debian_libraries(
        name = "com_google_benchmark",
        libraries = {
            "benchmark": ["-lbenchmark", "-pthread"],
            "benchmark_main": [
                "-l:libbenchmark_main.a",
                "-lbenchmark",
                "-pthread",
            ],
        },
    )
