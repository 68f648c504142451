#!/bin/sh
# Every C++ source is formatted. WORKSPACE is a link to the one of the tree.
set -eu
root=$(dirname "$(readlink -f WORKSPACE)")
code=0
"$root/tools/format.sh" --check || code=$?
if [ "$code" = 77 ]; then
  echo "skipped: there is no clang-format-19"
  exit 0
fi
exit "$code"
