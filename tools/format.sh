#!/bin/sh
# Formats every C++ source with clang-format 19, or, with --check, names those
# that are not formatted and exits with 1. Exit code 77: no clang-format-19.
set -eu
cd "$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)"
if ! command -v clang-format-19 >/dev/null; then
  echo "format: clang-format-19 is missing; run tools/setup.sh" >&2
  exit 77
fi

sources() {
  find bench fs gojs interp tests tools -name '*.cc' -o -name '*.h'
}

case ${1:-} in
  --check) sources | xargs clang-format-19 --dry-run --Werror ;;
  '') sources | xargs clang-format-19 -i ;;
  *)
    echo "usage: tools/format.sh [--check]" >&2
    exit 2
    ;;
esac
