#!/bin/sh
# What tools/go_std_test.sh and tools/go_lang_test.sh share: builds goshawk
# unless GOSHAWK_BINARY names one, and calls the script.
#
#   tools/go_judge.sh go_std_test|go_lang_test [flags] GOVERSION [...]
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$tools/cache_dir.sh"
script=$1
shift

for argument in "$@"; do
  case $argument in
    -h | --help)
      sed -n '2,/^exec/{/^exec/d;s/^# \{0,1\}//;p}' "$tools/$script.sh"
      exit 0
      ;;
  esac
done

if [ -z "${GOSHAWK_BINARY:-}" ]; then
  "$tools/setup.sh"
  (cd "$tools/.." &&
    bazel build --ui_event_filters=-info,-stdout //tools:goshawk)
  GOSHAWK_BINARY=$tools/../bazel-bin/tools/goshawk
fi
export GOSHAWK_BINARY GOSHAWK_CACHE PYTHONDONTWRITEBYTECODE=1
exec python3 "$tools/$script.py" "$@"
