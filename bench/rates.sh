#!/bin/bash
# Compares file work, or what js.Values cost, under Goshawk and under Node:
#
#   bench/rates.sh [--rounds N] [--go VERSION] [--dir DIR] [--goshawk FILE]
#                  files|values [PART...]
#
# Builds bench/files.go or bench/values.go with Go 1.27, runs its parts, or
# those that are named, N times each (5) under both, in turns, and prints the
# best rates and their ratio. Files are in DIR (/dev/shm): open (and read and
# close) and stat in calls, readdir (os.ReadDir) and names (Readdirnames) in
# directories of 10,000 entries, write and read in MiB of 1 GiB in pieces of
# 1 MiB, crowd in files of 2,000 goroutines at once, each a second. Values are in
# millions of operations a second. Quiet the machine first.
set -euo pipefail

bench=$(cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$bench")
# shellcheck source=../tools/cache_dir.sh
. "$root/tools/cache_dir.sh"
# shellcheck source=options.sh
. "$bench/options.sh"
rounds=5 go=1.27 dir=/dev/shm goshawk=''

die() { printf 'rates: %s\n' "$*" >&2; exit 2; }

read_options '' 'rounds go dir goshawk' "$@"
need_count rounds
[[ -z $goshawk ]] || goshawk=$(realpath "$goshawk")
guest=${arguments[0]:-}
[[ $guest == files || $guest == values ]] || die "files or values?"
command -v node >/dev/null || die "no node to compare with"
if [[ -z $goshawk ]]; then
  (cd "$root" && bazel build --ui_event_filters=-info,-stdout //tools:goshawk)
  goshawk=$root/bazel-bin/tools/goshawk
fi
go_root=$GOSHAWK_CACHE/go/$go
[[ -x $go_root/bin/go ]] || die "no toolchain Go $go"
script=$go_root/lib/wasm/wasm_exec_node.js
[[ -f $script ]] || script=$go_root/misc/wasm/wasm_exec_node.js

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
env GOROOT="$go_root" GOCACHE="$GOSHAWK_CACHE/gocache" GOFLAGS= GO111MODULE=off \
  GOTOOLCHAIN=local GOOS=js GOARCH=wasm \
  "$go_root/bin/go" build -o "$work/guest.wasm" "$bench/$guest.go"
mapfile -t all < <("$goshawk" run --dir=/ "$work/guest.wasm" "$dir")
parts=("${arguments[@]:1}")
[[ ${#parts[@]} != 0 ]] || parts=("${all[@]}")
for part in "${parts[@]}"; do
  [[ " ${all[*]} " == *" $part "* ]] ||
    die "no part $part; there are: ${all[*]}"
done

best() { sort -g "$1" | tail -1; }

printf '%-18s %12s %12s %8s\n' '' goshawk node ratio
for part in "${parts[@]}"; do
  rm -f "$work"/*.txt
  for ((round = 0; round < rounds; ++round)); do
    "$goshawk" run --dir=/ "$work/guest.wasm" "$dir" "$part" \
      >>"$work/goshawk.txt"
    node --stack-size=8192 "$script" "$work/guest.wasm" "$dir" "$part" \
      >>"$work/node.txt"
  done
  awk -v part="$part" -v a="$(best "$work/goshawk.txt")" \
    -v b="$(best "$work/node.txt")" \
    'BEGIN { printf "%-18s %12.2f %12.2f %8.2f\n", part, a, b, a / b }'
done
