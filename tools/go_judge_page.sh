#!/bin/sh
# Writes the tables of tests/README.md anew, from the results that
# tools/go_std_test.sh and tools/go_lang_test.sh keep in the cache folder:
#
#   tools/go_judge_page.sh
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$tools/cache_dir.sh"
export GOSHAWK_CACHE PYTHONDONTWRITEBYTECODE=1
exec python3 "$tools/go_judge_page.py"
