#!/bin/bash
# The study of dispatch: what one operation costs, and what everything around
# it does, for each dispatcher and each compiler.
#
#   bench/dispatch.sh [--compilers clang-19,g++-12] [--filter REGEX]
#                     [--runs N] [--minutes N] [--out DIR] [--fresh]
#
# Builds the benchmarks of bench/micro with each compiler, runs them in turns
# and writes dispatch.csv and dispatch.html into DIR. Runs that are there
# already are not repeated unless --fresh is given or the benchmark has
# changed. At most --runs rounds are made (5), and after the first only those
# that end within --minutes (15); building with both compilers takes about as
# long if nothing is built yet.
#
# What the processor counts (instructions, branches, wrong predictions) is
# shown where Linux gives access to it; else the Debian package valgrind
# counts instructions and branches, if it is installed.
set -euo pipefail

bench=$(cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$bench")
# shellcheck source=../tools/cache_dir.sh
. "$root/tools/cache_dir.sh"
# shellcheck source=options.sh
. "$bench/options.sh"
command_line="bench/dispatch.sh $*"
compilers=clang-19,g++-12 filter=. runs=5 minutes=15 fresh=''
out=$GOSHAWK_CACHE/bench/dispatch

say() { printf 'dispatch: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

read_options fresh 'compilers filter runs minutes out' "$@"
need_no_arguments
need_count runs
need_number minutes

"$root/tools/setup.sh" >&2
mkdir -p "$out" "$GOSHAWK_CACHE/bench"
out=$(realpath "$out")
exec 8>"$GOSHAWK_CACHE/bench/lock"
flock -n 8 || die "another comparison runs; the two would disturb each other"
cd "$root"

# build COMPILER FOLDER: the benchmarks, and what they read, into a folder.
# g++ builds in a tree of its own, or each change of compiler would build
# everything anew.
build() {
  local compiler=$1 folder=$2 bin options=() startup=()
  case $compiler in
    clang-19) ;;
    g++-12)
      startup=("--output_base=$GOSHAWK_CACHE/bench/bazel-$compiler")
      options=(--config=gcc --symlink_prefix=/) ;;
    *) die "no compiler is called $compiler; there are clang-19, g++-12" ;;
  esac
  say "building the benchmarks with $compiler"
  bazel "${startup[@]}" build --ui_event_filters=-info,-stdout \
    "${options[@]}" //bench/micro/... >&2 8>&- || return 1
  bin=$(bazel "${startup[@]}" info "${options[@]}" bazel-bin 2>/dev/null 8>&-)
  rm -rf "$folder" && mkdir -p "$folder/bench/micro"
  # Copies: a build meanwhile must not change what is measured.
  cp "$bin"/bench/micro/*_bench "$bin"/bench/micro/*.wasm \
    "$folder/bench/micro"
  [[ ${#startup[@]} == 0 ]] || bazel "${startup[@]}" shutdown 8>&-
}

folders=()
for compiler in ${compilers//,/ }; do
  if build "$compiler" "$out/$compiler"; then
    folders+=(--compiler "$compiler=$out/$compiler")
  else
    folders+=(--left-out "$compiler=the benchmarks do not build")
  fi
done

python3 -B "$bench/micro.py" --out "$out" --filter "$filter" --runs "$runs" \
  --minutes "$minutes" --command "$command_line" "${folders[@]}" \
  ${fresh:+--fresh} 8>&-
python3 -B "$bench/dispatch_report.py" "$out/dispatch.csv" \
  "$out/dispatch.json" >"$out/dispatch.html"
say "report: $out/dispatch.html"
