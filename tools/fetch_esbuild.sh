#!/bin/sh
# Fetches npm's package esbuild-wasm, a large Go program that other people
# compiled, into $GOSHAWK_CACHE/esbuild, for //tests/program:esbuild_test;
# without it that test is skipped. Needs npm, and node to compare with.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$tools/cache_dir.sh"
version=0.28.2
folder=$GOSHAWK_CACHE/esbuild

if grep -q "\"version\": \"$version\"" "$folder/package/package.json" \
  2>/dev/null; then
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "fetch_esbuild: there is no npm here" >&2
  exit 1
fi
echo "fetch_esbuild: fetching esbuild-wasm $version" >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "esbuild-wasm@$version" >/dev/null &&
  tar -xzf ./*.tgz)
mkdir -p "$folder"
rm -rf "$folder/package"
mv "$work/package" "$folder/package"
