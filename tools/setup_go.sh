#!/bin/sh
# Fetches the Go toolchains of bazel/go_versions.txt from the Debian mirror that the
# system already uses, into $GOSHAWK_CACHE/go/<version>, each a whole GOROOT.
# Nothing is installed: packages of newer suites are unpacked, not configured,
# and apt works on lists and folders of its own.
#
# A toolchain that cannot be had is reported by name and left out; its tests
# are counted as skipped. Exit code 0 then too.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$tools/cache_dir.sh"
state=$GOSHAWK_CACHE/apt
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "setup: $*" >&2; }

# The versions of the list whose toolchain is not there; with an argument,
# those of them that the suite may have.
missing_versions() {
  grep -v '^#' "$tools/bazel/go_versions.txt" | while read -r version suites; do
    [ -e "$GOSHAWK_CACHE/go/$version/bin/go" ] && continue
    case " $suites " in
      *" ${1:-} "*) echo "$version" ;;
      *) [ $# -gt 0 ] || echo "$version" ;;
    esac
  done
}

# The suites of the list, in its order, each once.
all_suites() {
  grep -v '^#' "$tools/bazel/go_versions.txt" | cut -d' ' -f2- | tr ' ' '\n' |
    awk '!seen[$0]++'
}

# The address of the system's own Debian mirror.
mirror() {
  apt-get indextargets --no-release-info \
    --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '($1 == "bookworm" || $1 == "stable") && $2 == "main" {
           print $3; exit }'
}

# apt-get for one suite, with a sources list and state folder of its own.
suite_apt() {
  suite=$1
  shift
  apt-get -qq \
    -o Dir::State="$state/$suite" \
    -o Dir::State::status=/dev/null \
    -o Dir::Cache="$state/$suite/cache" \
    -o Dir::Etc::sourcelist="$state/$suite/sources.list" \
    -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferences=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null \
    -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
    -o APT::Sandbox::User=root \
    "$@"
}

update_suite() {
  mkdir -p "$state/$1/lists/partial" "$state/$1/cache/archives/partial"
  echo "deb [signed-by=$keyring] $2 $1 main" >"$state/$1/sources.list"
  suite_apt "$1" update
}

# Makes one GOROOT of the two trees that Debian links into each other,
# /usr/lib/go-X.Y and /usr/share/go-X.Y, so that it may lie anywhere.
assemble() {
  from=$1
  version=$2
  root=$from/usr/lib/go-$version
  share=$from/usr/share/go-$version
  find "$root" -type l >"$from/links"
  while read -r link; do
    target=$(readlink "$link")
    case $target in
      /*) target=$from$target ;;
      *) target=$(dirname "$link")/$target ;;
    esac
    # Links that stay inside the tree need nothing.
    case $(readlink -m "$target") in
      "$share"/*)
        rm "$link"
        mv "$(readlink -m "$target")" "$link"
        ;;
    esac
  done <"$from/links"
  # What the first tree does not link to.
  cp -Rn "$share/." "$root/"
  rm -rf "$GOSHAWK_CACHE/go/$version"
  mv "$root" "$GOSHAWK_CACHE/go/$version"
}

fetch_version() {
  suite=$1
  version=$2
  work=$state/fetch
  rm -rf "$work"
  mkdir -p "$work/tree"
  if (cd "$work" &&
    suite_apt "$suite" download "golang-$version-go" "golang-$version-src"); then
    for package in "$work"/*.deb; do
      dpkg -x "$package" "$work/tree"
    done
    assemble "$work/tree" "$version"
    say "Go $version from Debian's $suite: $("$GOSHAWK_CACHE/go/$version/bin/go" version)"
  fi
  rm -rf "$work"
}

fetch_missing() {
  mirror=$(mirror)
  if [ -z "$mirror" ]; then
    say "no source of Debian 12 packages is configured in apt"
    return
  fi
  for suite in $(all_suites); do
    versions=$(missing_versions "$suite")
    [ -n "$versions" ] || continue
    say "fetching Go $(echo $versions) from Debian's $suite"
    update_suite "$suite" "$mirror" || continue
    for version in $versions; do
      fetch_version "$suite" "$version"
    done
  done
  rm -rf "$state"
}

# The list that the build reads; touched only when it changes, so that nothing
# is built again without need.
write_installed() {
  grep -v '^#' "$tools/bazel/go_versions.txt" | while read -r version _; do
    go=$GOSHAWK_CACHE/go/$version/bin/go
    if [ -e "$go" ]; then
      echo "$version $(head -n 1 "$GOSHAWK_CACHE/go/$version/VERSION")"
    fi
  done >"$GOSHAWK_CACHE/go/installed.new"
  if cmp -s "$GOSHAWK_CACHE/go/installed.new" "$GOSHAWK_CACHE/go/installed.txt"
  then
    rm "$GOSHAWK_CACHE/go/installed.new"
  else
    mv "$GOSHAWK_CACHE/go/installed.new" "$GOSHAWK_CACHE/go/installed.txt"
  fi
}

mkdir -p "$GOSHAWK_CACHE/go"
exec 9>"$GOSHAWK_CACHE/lock"
flock 9
[ -z "$(missing_versions)" ] || fetch_missing
write_installed
for version in $(missing_versions); do
  say "Go $version cannot be had here; its tests will be skipped"
done
