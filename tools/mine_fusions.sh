#!/bin/sh
# Chooses the superinstructions and the loops anew and writes them to fusion.def
# and loop.def, in interp or in the folder that is named:
#
#   tools/mine_fusions.sh [FOLDER]
#
# The corpus is the programs of bench/corpus and the tests of packages of Go's
# standard library, compiled with several Go versions and run with --profile,
# which counts every operation. Nothing that bench/compare.sh measures is part
# of it, so that the figures are those of programs nobody trained for; keep it so
# when adding to it.
#
# Takes long. GOSHAWK_BINARY names another goshawk than the one that is built
# here; it must have been built from the same interp/op.def.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/tools/mine_common.sh"

versions='1.19 1.23'
packages='
  bytes encoding/json fmt math/big regexp sort strconv strings text/template'
latest=1.27
packages_of_latest="$packages
  archive/tar archive/zip bufio compress/bzip2 compress/flate compress/lzw
  compress/zlib container/heap container/list crypto/aes crypto/des
  crypto/internal/fips140/bigmod crypto/internal/fips140/subtle crypto/md5
  crypto/rc4 crypto/sha1 crypto/sha256 crypto/subtle encoding/asn1
  encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob
  encoding/hex encoding/pem encoding/xml errors go/format go/printer go/scanner
  hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash image image/color
  image/draw image/gif image/jpeg image/png index/suffixarray internal/strconv
  maps math math/bits math/cmplx math/rand mime/quotedprintable net/url
  path/filepath reflect slices text/scanner text/tabwriter unicode unicode/utf16
  unicode/utf8"
# Programs as users write them, each counted as much as four packages.
corpus='algorithms browser codec concurrent numeric physics structures text wide'
corpus_versions='1.21 1.27'
rows=1696
loops=100

# Runs them in their own folder, where their data is: profile VERSION PACKAGE
# TEST FILE. A test that fails has run, too, so it is no reason to stop.
profile() (
  goroot=$GOSHAWK_CACHE/go/$1
  cd "$goroot/src/$2"
  "$GOSHAWK_BINARY" run --profile="$4" --dir="$goroot:$goroot:ro" \
    --dir="$work/tmp:/tmp" --env=GOROOT="$goroot" --env=TMPDIR=/tmp \
    "$3" -test.short >"$work/output" 2>&1 ||
    say "not all tests of $2 pass with Go $1: $(tail -n 1 "$work/output")"
  [ -s "$4" ] || die "no profile of $2 with Go $1"
)

out=$(output_folder interp "$@")
# With a part of the corpus the result would be another one.
need_go $versions $corpus_versions $latest
find_goshawk
make_work
mkdir "$work/tmp"
profile_tests() {
  say "the tests of $2 with Go $1"
  name=$1-$(echo "$2" | tr / _)
  go_js "$1" "$GOSHAWK_CACHE/go/$1/src" test -c -o "$work/test.wasm" "$2"
  profile "$1" "$2" "$work/test.wasm" "$work/$name.profile"
}
for package in $packages_of_latest; do profile_tests "$latest" "$package"; done
for version in $versions; do
  for package in $packages; do profile_tests "$version" "$package"; done
done
for version in $corpus_versions; do
  for program in $corpus; do
    say "$program of bench/corpus with Go $version"
    build_corpus "$version" "$root/bench/corpus" "$program"
    "$GOSHAWK_BINARY" run --profile="$work/corpus-$version-$program.profile" \
      "$work/test.wasm" >"$work/output" 2>&1 ||
      die "$program fails: $(tail -n 1 "$work/output")"
  done
done
python3 "$root/tools/mine_fusions.py" --rows "$rows" "$work"/[0-9]*.profile \
  "$work"/corpus-* "$work"/corpus-* "$work"/corpus-* "$work"/corpus-* \
  >"$work/fusion.def"
python3 "$root/tools/mine_loops.py" --rows "$loops" "$work"/[0-9]*.profile \
  "$work"/corpus-* >"$work/loop.def"
cp "$work/fusion.def" "$work/loop.def" "$out"
say "wrote $out/fusion.def and $out/loop.def"
