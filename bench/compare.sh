#!/bin/bash
# Compares Goshawk with other ways to run the same Go programs:
#
#   bench/compare.sh [--engines A,B,...] [--programs P,Q,...]
#                    [--go VERSION] [--runs N] [--minutes N] [--out DIR]
#                    [--fresh] [--goshawk FILE] [--update-readme]
#
# Builds goshawk and the suite, fetches the other engines, runs everything
# in turns and writes results.csv and report.html into DIR. Rows that are
# there already are not measured again unless --fresh is given or what they
# measured has changed, so that a comparison goes on where it was stopped.
# --goshawk takes a command built elsewhere; an engine goshawk:NAME is Goshawk
# with --dispatch=NAME. bench/engines.py lists the engines, the folders of
# bench/suite are the programs, and `esbuild` is one. --update-readme puts the
# results into bench/results and the README.
#
# Needs python3 and, for its tiers and esbuild, node and npm; engines that
# cannot be had are reported by name and left out. At most --runs rounds are
# made (5), and after the first only those that end within --minutes (20).
# Quiet the machine first: the report marks what varied by more than 5 %.
set -euo pipefail

bench=$(cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$bench")
# shellcheck source=../tools/cache_dir.sh
. "$root/tools/cache_dir.sh"
# shellcheck source=options.sh
. "$bench/options.sh"
command_line="bench/compare.sh $*"
engines='' programs='' go='' runs=5 minutes=20 out='' goshawk=''
fresh='' update_readme=''

say() { printf 'compare: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

read_options 'fresh update-readme' \
  'engines programs go runs minutes out goshawk' "$@"
need_no_arguments
need_count runs
need_number minutes
[[ -z $goshawk ]] || goshawk=$(realpath "$goshawk")

# wanted PREFIX: whether an engine of that name takes part.
wanted() { [[ -z $engines || ,$engines =~ ,$1 ]]; }

"$root/tools/setup.sh" >&2
command -v python3 >/dev/null || die "python3 is missing"

go_version=${go:-$(tail -n 1 "$GOSHAWK_CACHE/go/installed.txt" |
  cut -d' ' -f1)}
go_root=$GOSHAWK_CACHE/go/$go_version
[[ -e $go_root/bin/go ]] || die "Go $go_version cannot be had here"
out=${out:-$GOSHAWK_CACHE/bench/go$go_version}
mkdir -p "$out" "$GOSHAWK_CACHE/bench"
exec 8>"$GOSHAWK_CACHE/bench/lock"
flock -n 8 || die "another comparison runs; the two would disturb each other"
out=$(realpath "$out")
paths=(--path "go=$go_root/bin/go")

# Bazel builds the launcher, and goshawk unless one is given.
targets=(//bench:spawn)
[[ -n $goshawk ]] || ! wanted goshawk || targets+=(//tools:goshawk)
say "building ${targets[*]}"
cd "$root"
bazel build --ui_event_filters=-info,-stdout "${targets[@]}" >&2 8>&-
bin=$(bazel info bazel-bin 2>/dev/null 8>&-)
paths+=(--path "spawn=$bin/bench/spawn")
if [[ -z $goshawk ]] && wanted goshawk; then
  # A copy: a build during the comparison must not change what is measured.
  goshawk=$out/goshawk
  cp -f "$bin/tools/goshawk" "$goshawk"
fi
[[ -z $goshawk ]] || paths+=(--path "goshawk=$goshawk")

suite=$GOSHAWK_CACHE/bench/suite-$go_version
build_suite() {
  local kind=$1 goos=$2 goarch=$3
  say "building the suite for $kind with Go $go_version"
  rm -rf "${suite:?}/$kind" && mkdir -p "$suite/$kind"
  (cd "$bench/suite" && GOOS=$goos GOARCH=$goarch CGO_ENABLED=0 \
    GO111MODULE=on GOTOOLCHAIN=local GOFLAGS=-mod=mod GOENV=off GOWORK=off \
    GOROOT=$go_root GOCACHE=$GOSHAWK_CACHE/gocache \
    "$go_root/bin/go" build -trimpath -o "$suite/$kind/" ./...)
}
# An engine without programs is left out, by name.
build_suite js js wasm || die "the suite does not build"
build_suite native '' '' || say "no native programs"
# GOOS=wasip1 came with Go 1.21.
if [[ $(printf '%s\n' 1.21 "$go_version" | sort -V | head -n 1) == 1.21 ]]; then
  build_suite wasip1 wasip1 wasm || say "no programs for wasip1"
fi

if command -v node >/dev/null; then
  launcher=$go_root/lib/wasm/wasm_exec_node.js
  [[ -f $launcher ]] || launcher=$go_root/misc/wasm/wasm_exec_node.js
  paths+=(--path "node=$(command -v node)" --path "wasm_exec_node=$launcher")
  # Launchers before Go 1.21 set globalThis.crypto, which node 20 has.
  if grep -q 'globalThis.crypto = {' "$launcher"; then
    paths+=(--path node_flags=--no-experimental-global-webcrypto)
  fi
fi
! command -v wasm-interp >/dev/null ||
  paths+=(--path "wabt=$(command -v wasm-interp)")

peers=()
! wanted wazero || peers+=(wazero)
! wanted wasmedge || peers+=(wasmedge)
[[ -n $programs && ! ,$programs, =~ ,esbuild, ]] || peers+=(esbuild)
say "looking for ${peers[*]:-no peers}"
while read -r line; do
  paths+=(--path "$line")
done < <("$bench/peers.sh" "${peers[@]}" 2>"$out/peers.log")
grep '^peers:' "$out/peers.log" >&2 || true

python3 -B "$bench/measure.py" --out "$out" --go "$go_version" \
  --suite "$suite" --runs "$runs" --minutes "$minutes" --engines "$engines" \
  --programs "$programs" --command "$command_line" "${paths[@]}" \
  ${fresh:+--fresh} 8>&-
python3 -B "$bench/report.py" "$out/results.csv" "$out/machine.json" \
  "$go_version" >"$out/report.html"
say "report: $out/report.html"
if [[ -n $update_readme ]]; then
  python3 -B "$bench/readme.py" "$out"
  say "bench/results and README.md are up to date"
fi
