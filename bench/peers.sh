#!/bin/bash
# Installs the engines Goshawk is measured against into the cache folder
# and prints where each one is, one `NAME=COMMAND` line each. Nothing is
# installed on the system: packages of newer Debian suites are fetched
# with a private apt state and unpacked, those of npm into a folder.
#
#   bench/peers.sh wazero wasmedge esbuild
#
# A peer that cannot be had is reported on stderr by name and left out;
# the script then still succeeds: a missing peer must not stop a
# measurement of the others.
set -uo pipefail

cache="${GOSHAWK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/goshawk}/peers"
esbuild_version=0.28.2
lodash_version=4.18.1

say() { printf 'peers: %s\n' "$*" >&2; }

# The Debian mirror this system already uses: the address stays out of
# the script, and a machine with a local mirror keeps to it.
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
    'Origin: Debian' 2>/dev/null | grep -v -- -security | sort -u | head -n 1
}

# apt-get with its state under the cache folder and one suite as source.
# Its list of installed packages is empty, so that asking for a package
# gives everything it needs, down to the C library.
private_apt() {
  local suite=$1 dir=$cache/apt-$1
  shift
  if [[ ! -f $dir/sources.list ]]; then
    local uri
    uri=$(mirror)
    [[ -n $uri ]] || { say "no Debian mirror is configured"; return 1; }
    mkdir -p "$dir"/{state/lists/partial,cache/archives/partial,etc}
    : >"$dir/state/status"
    printf 'deb [signed-by=%s] %s %s main\n' \
      /usr/share/keyrings/debian-archive-keyring.gpg "$uri" "$suite" \
      >"$dir/sources.list"
  fi
  apt-get -q -o Dir::State="$dir/state" -o Dir::Cache="$dir/cache" \
    -o Dir::State::status="$dir/state/status" -o Dir::Etc="$dir/etc" \
    -o Dir::Etc::SourceList="$dir/sources.list" \
    -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root \
    -o Debug::NoLocking=1 "$@" >&2
}

# unpack SUITE PACKAGE FOLDER [with-needs]: fetches a package (and, on
# request, all that it needs) and unpacks it there.
unpack() {
  local suite=$1 package=$2 folder=$3 needs=${4:-}
  private_apt "$suite" update || return 1
  local tmp=$folder.new
  rm -rf "$tmp" && mkdir -p "$tmp/debs"
  if [[ -n $needs ]]; then
    private_apt "$suite" install -y --download-only \
      --no-install-recommends "$package" || return 1
    mv "$cache/apt-$suite"/cache/archives/*.deb "$tmp/debs" || return 1
  else
    (cd "$tmp/debs" && private_apt "$suite" download "$package") || return 1
  fi
  local deb
  for deb in "$tmp"/debs/*.deb; do
    dpkg -x "$deb" "$tmp" || return 1
    dpkg-deb -W "$deb" >>"$tmp/packages"
  done
  rm -rf "$tmp/debs" "$folder"
  mv "$tmp" "$folder"
}

wazero() {
  local folder=$cache/wazero
  [[ -x $folder/usr/bin/wazero ]] || unpack sid wazero "$folder" || return 1
  "$folder/usr/bin/wazero" version >&2 || return 1
  printf 'wazero=%s\n' "$folder/usr/bin/wazero"
}

# wasmedge needs a newer C library than Debian 12's, so it runs under the
# loader and the libraries that came with it.
wasmedge() {
  local folder=$cache/wasmedge
  if [[ ! -x $folder/usr/bin/wasmedge ]]; then
    unpack trixie wasmedge "$folder" with-needs || return 1
  fi
  local launcher=$folder/wasmedge
  cat >"$launcher" <<LAUNCHER || return 1
#!/bin/sh
here=$folder
exec "\$here/usr/lib64/ld-linux-x86-64.so.2" \\
  --library-path "\$here/usr/lib/x86_64-linux-gnu" \\
  "\$here/usr/bin/wasmedge" "\$@"
LAUNCHER
  chmod +x "$launcher"
  "$launcher" --version >&2 || return 1
  printf 'wasmedge=%s\n' "$launcher"
}

# npm's esbuild as js/wasm program and as native one, and the source tree
# it is to bundle.
esbuild() {
  local folder=$cache/esbuild-$esbuild_version
  if [[ ! -f $folder/complete ]]; then
    mkdir -p "$folder" || return 1
    npm install --silent --no-audit --no-fund --ignore-scripts \
      --prefix "$folder" "esbuild-wasm@$esbuild_version" \
      "@esbuild/linux-x64@$esbuild_version" \
      "lodash-es@$lodash_version" >&2 || return 1
    : >"$folder/complete"
  fi
  printf 'esbuild=%s\n' "$folder/node_modules"
}

mkdir -p "$cache"
for peer in "$@"; do
  case $peer in
    wazero | wasmedge | esbuild) "$peer" || say "$peer cannot be had here" ;;
    *) say "no peer is called $peer" ;;
  esac
done
