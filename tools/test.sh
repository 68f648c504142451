#!/bin/sh
# Runs every test, installing what is missing first. Arguments go to
# `bazel test`; without a target among them, all are tested:
#
#   tools/test.sh [--config=gcc] [//tests/fs/...]
#
# The last line says "N passed, N failed, N skipped"; the exit code is 0 if
# none failed.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
. tools/cache_dir.sh

tools/setup.sh

targets=//...
for argument in "$@"; do
  case $argument in -*) ;; *) targets= ;; esac
done

events=$(mktemp)
trap 'rm -f "$events"' EXIT
echo "test: bazel test $* $targets"
code=0
# shellcheck disable=SC2086
bazel test --keep_going --build_event_json_file="$events" "$@" $targets ||
  code=$?
python3 tools/count_tests.py "$events" "$code"
