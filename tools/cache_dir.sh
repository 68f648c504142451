# Sourced by the scripts beside it: where fetched and compiled things are kept
# between runs. //tools/bazel:go_toolchains.bzl follows the same rule.
GOSHAWK_CACHE="${GOSHAWK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/goshawk}"
