#!/bin/sh
# Builds goshawk, installing what is missing first, and runs a program:
#
#   tools/run.sh                        an example, compiled from Go
#   tools/run.sh [flags] app.wasm ...   any, as `goshawk run` would
#
# Standard output is the program's alone; what is done goes to stderr.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/cache_dir.sh"

say() { echo "run: $*" >&2; }

build() {
  say "building $*"
  (cd "$root" && bazel build --ui_event_filters=-info,-stdout "$@" >&2)
}

"$root/tools/setup.sh"

if [ $# -gt 0 ]; then
  build //tools:goshawk
else
  version=$(tail -n 1 "$GOSHAWK_CACHE/go/installed.txt" | cut -d' ' -f1)
  if [ -z "$version" ]; then
    say "no Go toolchain is there to compile the example with"
    exit 1
  fi
  build //tools:goshawk "//tests/guests:hello_go$version"
  say "running tests/guests/hello.go, compiled with Go $version"
  set -- "$root/bazel-bin/tests/guests/hello_go$version.wasm"
fi
exec "$root/bazel-bin/tools/goshawk" run "$@"
