#!/usr/bin/env bash
# process.sh stop|start|pid NAME: ends one process of the lab by kill -9, or starts it again with the same command line.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/processes.sh"
usage() {
  local names=("$LAB_DIR"/run/*)
  echo "usage: process.sh stop|start|pid NAME, with NAME one of: ${names[*]##*/}" >&2
  exit 2
}
is_up || { say "is down ($LAB_SRC/up.sh starts it)"; exit 1; }
[ $# = 2 ] || usage
[ -d "$LAB_DIR/run/$2" ] || usage

case $1 in
  pid) pid_of "$2" ;;
  stop) ended "$2" ;;
  start)
    [ -z "$(pid_of "$2")" ] || { say "$2 runs already"; exit 1; }
    mapfile -d '' -t command < "$LAB_DIR/run/$2/command"
    launch "$2" "${command[@]}"
    ;;
  *) usage ;;
esac
