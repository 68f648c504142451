#!/bin/sh
# Runs `go test -short` of the standard library for GOOS=js under goshawk and
# under node, and prints what differs:
#
#   tools/go_std_test.sh [flags] GOVERSION [packages...]
#
# GOVERSION is one of tools/bazel/go_versions.txt; without packages, all of
# `go list std` that have tests. Results stay in the cache folder, so that a
# run that was stopped goes on where it was. Flags:
#
#   --again   do not use goshawk's earlier results
#   --keep    use them even if another build of goshawk had them
#   --only=goshawk, --only=node
#             run just one of the two
#   --limit=SECONDS
#             for one package under one engine (default 600)
#
# Exit code 0 if every difference has its reason in
# tests/go_std/differences.txt. GOSHAWK_BINARY names another goshawk than the
# one that is built here.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/cache_dir.sh"

if [ -z "${GOSHAWK_BINARY:-}" ]; then
  "$root/tools/setup.sh"
  (cd "$root" && bazel build --ui_event_filters=-info,-stdout //tools:goshawk)
  GOSHAWK_BINARY=$root/bazel-bin/tools/goshawk
fi
export GOSHAWK_BINARY GOSHAWK_CACHE
exec python3 "$root/tools/go_std_test.py" "$@"
