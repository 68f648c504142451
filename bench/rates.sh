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
rounds=5 version=1.27 directory=/dev/shm goshawk='' arguments=()

die() { printf 'rates: %s\n' "$*" >&2; exit 2; }

while (($# > 0)); do
  case $1 in
    --help | -h) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    --rounds | --go | --dir | --goshawk)
      (($# > 1)) || die "$1 needs a value"
      case $1 in
        --rounds) rounds=$2 ;;
        --go) version=$2 ;;
        --dir) directory=$2 ;;
        --goshawk) goshawk=$(realpath "$2") ;;
      esac
      shift ;;
    -*) die "what is $1? --help lists the options" ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
[[ $rounds =~ ^[1-9][0-9]*$ ]] || die "--rounds $rounds: not a count"
guest=${arguments[0]:-}
[[ $guest == files || $guest == values ]] || die "files or values?"
command -v node >/dev/null || die "no node to compare with"
if [[ -z $goshawk ]]; then
  (cd "$root" && bazel build --ui_event_filters=-info,-stdout //tools:goshawk)
  goshawk=$root/bazel-bin/tools/goshawk
fi
go_root=$GOSHAWK_CACHE/go/$version
[[ -x $go_root/bin/go ]] || die "no toolchain Go $version"
script=$go_root/lib/wasm/wasm_exec_node.js
[[ -f $script ]] || script=$go_root/misc/wasm/wasm_exec_node.js

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
env GOROOT="$go_root" GOCACHE="$GOSHAWK_CACHE/gocache" GOFLAGS= GO111MODULE=off \
  GOTOOLCHAIN=local GOOS=js GOARCH=wasm \
  "$go_root/bin/go" build -o "$work/guest.wasm" "$bench/$guest.go"
mapfile -t all < <("$goshawk" run --dir=/ "$work/guest.wasm" "$directory")
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
    "$goshawk" run --dir=/ "$work/guest.wasm" "$directory" "$part" \
      >>"$work/goshawk.txt"
    node --stack-size=8192 "$script" "$work/guest.wasm" "$directory" "$part" \
      >>"$work/node.txt"
  done
  awk -v part="$part" -v a="$(best "$work/goshawk.txt")" \
    -v b="$(best "$work/node.txt")" \
    'BEGIN { printf "%-18s %12.2f %12.2f %8.2f\n", part, a, b, a / b }'
done
