#!/usr/bin/env bash
# again.sh: ends what programs left running in the lab and removes what they left in its folder, so that another program can have it.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/processes.sh"
is_up || { say "is down ($LAB_SRC/up.sh starts it)"; exit 1; }
alone
all_ended 'exec|operator'
for name in "$LAB_DIR"/run/*; do [ -n "$(pid_of "${name##*/}")" ] || { say "${name##*/} does not run"; exit 1; }; done
for file in "$LAB_DIR"/*; do grep -qxF "${file##*/}" "$LAB_DIR/files" || rm -rf "$file"; done
