#!/bin/sh
# Finds anew what Go programs do before main.main and writes it to startup.def,
# in gojs or in the folder that is named:
#
#   tools/mine_startup.sh [FOLDER]
#
# One program of bench/corpus is compiled with every Go version and run with
# --profile, which tells the functions that ran in the order of their first
# calls. Takes a minute. GOSHAWK_BINARY names another goshawk than the one that
# is built here.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/mine_common.sh"

versions='1.19 1.21 1.22 1.23 1.24 1.25 1.26 1.27'
program=text

out=$(output_folder gojs "$@")
need_go $versions
find_goshawk
make_work
for version in $versions; do
  say "$program of bench/corpus with Go $version"
  build_corpus "$version" "$program"
  "$GOSHAWK_BINARY" run --profile="$work/$version.profile" "$work/test.wasm" \
    >"$work/output" 2>&1 || die "$program fails: $(tail -n 1 "$work/output")"
done
python3 "$root/tools/mine_startup.py" "$work"/*.profile >"$work/startup.def"
cp "$work/startup.def" "$out"
say "wrote $out/startup.def"
