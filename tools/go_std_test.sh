#!/bin/sh
# Runs the tests of Go's standard library for GOOS=js under goshawk and under
# node, and prints what differs:
#
#   tools/go_std_test.sh [flags] GOVERSION [packages...]
#
# GOVERSION is one of tools/bazel/go_versions.txt; without packages, all of
# `go list std` that have tests. tools/go_lang_test.sh does the same for Go's
# language tests. Results stay in the cache folder, so that a run that was
# stopped goes on where it was. Flags:
#
#   --again   do not use goshawk's earlier results
#   --keep    use them even if another build of goshawk had them
#   --only=goshawk, --only=node
#             run just one of the two
#   --quick   run node only for what fails under goshawk
#   --limit=SECONDS
#             for one program under one engine (default 600)
#
# Exit code 0 if every difference has its reason in
# tests/go_std/differences.txt. GOSHAWK_BINARY names another goshawk than the
# one that is built here.
exec "$(dirname -- "$0")/go_judge.sh" go_std_test "$@"
