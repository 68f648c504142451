#!/bin/sh
# Asks clang-tidy 19 about the C++ sources that are named, or about all, and
# exits with 1 when it has findings. All of them take two cores twelve minutes,
# once the tests have been built: some of their headers are generated. Exit code
# 77: no clang-tidy-19.
set -eu
cd "$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)"
if ! command -v clang-tidy-19 >/dev/null; then
  echo "tidy: clang-tidy-19 is missing; apt-get install clang-tidy-19" >&2
  exit 77
fi

# A header is looked at where it is included.
sources() {
  find bench fs gojs interp tests tools -name '*.cc' | sort
}

# Findings are on the standard output, the other one has counts of what was
# found in the libraries' headers.
if [ $# = 0 ]; then sources; else printf '%s\n' "$@"; fi |
  xargs -P "$(nproc)" -I FILE \
    clang-tidy-19 --quiet FILE -- -std=c++20 -I. -Ibazel-bin \
    -DGOSHAWK_BENCH_PROGRAM='""' 2>/dev/null || exit 1
