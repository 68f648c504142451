#!/bin/sh
# Finds anew what Go programs do first and writes it to startup.def, in gojs or
# in the folder that is named:
#
#   tools/mine_startup.sh [FOLDER]
#
# Programs of bench/corpus are compiled with every Go version and run with
# --profile, which tells the functions that ran in the order of their first
# calls. Takes a few minutes. GOSHAWK_BINARY names another goshawk than the one
# that is built here.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/mine_common.sh"

versions='1.19 1.21 1.22 1.23 1.24 1.25 1.26 1.27'
programs='numeric text wide'

out=$(output_folder gojs "$@")
need_go $versions
find_goshawk
make_work
cp -r "$root/bench/corpus" "$work"
for version in $versions; do
  mkdir "$work/$version"
  # As programs of an older version they would first set its GODEBUG.
  sed -i "s/^go .*/go $version/" "$work/corpus/go.mod"
  for program in $programs; do
    say "$program of bench/corpus with Go $version"
    build_corpus "$version" "$work/corpus" "$program"
    "$GOSHAWK_BINARY" run --profile="$work/$version/$program.profile" --seed=1 \
      --fixed-time=2026-01-01T00:00:00Z "$work/test.wasm" >"$work/output" 2>&1 ||
      die "$program fails: $(tail -n 1 "$work/output")"
  done
done
python3 "$root/tools/mine_startup.py" "$work"/*/*.profile >"$work/startup.def"
cp "$work/startup.def" "$out"
say "wrote $out/startup.def"
