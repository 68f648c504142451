# Sourced by the scripts beside it that choose rows from profiles of programs;
# "root" is the project's folder. For them "work" is a folder of their own.
. "$root/tools/cache_dir.sh"

script=$(basename "$0" .sh)

say() { echo "$script: $*" >&2; }

die() {
  say "$*"
  exit 1
}

# Where the rows go: output_folder DEFAULT [ARGUMENT].
output_folder() {
  case ${2:-} in
    -*) die "usage: tools/$script.sh [FOLDER]" ;;
    '') folder=$root/$1 ;;
    *) folder=$2 ;;
  esac
  [ -d "$folder" ] || die "$folder is no folder"
  realpath "$folder"
}

# need_go VERSION...
need_go() {
  for version in "$@"; do
    [ -e "$GOSHAWK_CACHE/go/$version/bin/go" ] ||
      die "there is no Go $version; run tools/setup.sh"
  done
}

# Sets GOSHAWK_BINARY, or takes the one that it names.
find_goshawk() {
  if [ -z "${GOSHAWK_BINARY:-}" ]; then
    "$root/tools/setup.sh"
    (cd "$root" && bazel build --ui_event_filters=-info,-stdout //tools:goshawk)
    GOSHAWK_BINARY=$root/bazel-bin/tools/goshawk
  fi
  GOSHAWK_BINARY=$(realpath "$GOSHAWK_BINARY")
}

make_work() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
}

# The go command for js, in a folder: go_js VERSION FOLDER ARGUMENT...
go_js() (
  export GOROOT="$GOSHAWK_CACHE/go/$1" GOCACHE="$GOSHAWK_CACHE/gocache"
  export GOPATH="$GOCACHE/gopath" GOENV=off GOFLAGS='' GOTOOLCHAIN=local
  export GOPROXY=off CGO_ENABLED=0 GOOS=js GOARCH=wasm
  cd "$2" || exit
  shift 2
  "$GOROOT/bin/go" "$@"
)

# A program of a corpus, as $work/test.wasm: build_corpus VERSION FOLDER PROGRAM.
build_corpus() {
  go_js "$1" "$2" build -mod=mod -o "$work/test.wasm" "./$3"
}
