#!/bin/sh
# Makes a Debian 12 machine ready to build and test: installs the packages
# that are missing (as root) and fetches the Go toolchains that guests are
# compiled with. Can be run again and again; done in no time when all is there.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

packages='
  bazel-bootstrap bazel-platforms bazel-rules-cc bazel-rules-java
  bazel-rules-proto bazel-skylib
  clang-19 clang-format-19 g++-12 pkg-config
  libabsl-dev libarchive-dev libbenchmark-dev libcurl4-openssl-dev libgmock-dev
  libgtest-dev nlohmann-json3-dev wabt'

say() { echo "setup: $*" >&2; }

die() {
  say "$*"
  exit 1
}

missing=''
for package in $packages; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
    status=none
  [ "$status" = installed ] || missing="$missing $package"
done

if [ -n "$missing" ]; then
  command -v apt-get >/dev/null || die "needs Debian 12: there is no apt-get"
  [ "$(id -u)" = 0 ] || die "not root; run as root: apt-get install$missing"
  say "installing$missing"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # What fails to update may still be good enough to install from. The keyring
  # comes along so that newer suites can be verified.
  # shellcheck disable=SC2086
  if ! {
    apt-get -qq update || true
    apt-get -qq -y install --no-install-recommends $missing \
      debian-archive-keyring
  } >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "apt-get install failed"
  fi
  rm -f "$log"
fi

"$tools/setup_go.sh"
