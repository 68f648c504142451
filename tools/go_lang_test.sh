#!/bin/sh
# Runs Go's language tests, $GOROOT/test, compiled for GOOS=js, under goshawk
# and under node, and prints what differs:
#
#   tools/go_lang_test.sh [flags] GOVERSION [tests...]
#
# A test is named by its file (fixedbugs/bug000.go); without tests, all that
# run a program: the kinds run, runoutput, rundir and the like. Go 1.21 is the
# oldest version that has the runner. Flags and exit code are those of
# tools/go_std_test.sh.
exec "$(dirname -- "$0")/go_judge.sh" go_lang_test "$@"
