# shellcheck shell=bash
# Sourced: the lab's own processes. Each carries its name in its environment, and so do its children: that finds them also
# after a script was killed between a start and its record, and never hits a stranger who has got a pid again.
MARK=DITTOFS_LAB # its value is LAB/NAME
export -n "${MARK?}" # a script under exec.sh has it, its own commands must not

# start NAME COMMAND...: in the background, log under its name; `process.sh start NAME` can start the same again.
start() {
  local name=$1
  shift
  mkdir -p "$LAB_DIR/run/$name"
  printf '%s\0' "$@" > "$LAB_DIR/run/$name/command"
  launch "$name" "$@"
}

launch() { # NAME COMMAND...
  local name=$1
  shift
  # Kubernetes' programs collect garbage less often than Go's default would: memory for a sixth of their time.
  # Without the caller's other files: a lock or a pipe of make would stay open as long as the lab is up.
  env -u LAB_IS_LOCKED "$MARK=$LAB/$name" GOGC=400 setsid nohup "$@" >> "$LAB_DIR/log/$name.log" 2>&1 < /dev/null \
    3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  local pid=$!
  echo $pid > "$LAB_DIR/run/$name/pid"
  disown
  # Until it has its mark it looks like one that has ended.
  until [ -n "$(pid_of "$name")" ] || ! kill -0 $pid 2> /dev/null; do sleep 0.01; done
}

# pid_of NAME: its pid while it runs, else nothing. While a process becomes another program (`env`, `setsid`, `nohup` and the like do) its
# environment reads as empty for a moment: such a one is asked again.
pid_of() {
  local pid variables tries
  pid=$(cat "$LAB_DIR/run/$1/pid")
  for ((tries = 0; tries < 50; tries++)); do
    [ -e "/proc/$pid" ] || return 0
    variables=$(tr '\0' '\n' 2> /dev/null < "/proc/$pid/environ" || true)
    if grep -qxF "$MARK=$LAB/$1" <<< "$variables"; then
      echo "$pid"
      return
    fi
    [ -z "$variables" ] || return 0
    sleep 0.01
  done
}

# ended NAME: kill -9 of the process and its group (containers' shims have groups of their own and live on, as they would after
# a crash); waits until it is gone, and with it its port.
ended() {
  local pid
  pid=$(pid_of "$1")
  [ -n "$pid" ] || return 0
  kill -9 -- "-$pid"
  is_gone() { [ -z "$(pid_of "$1")" ]; }
  wait_for 10 "end of $1" is_gone "$1"
}

# marked_pids [NAMES]: of all processes of the lab, or of those whose names the expression fits, except those that wait for this script (it
# may have been called under exec.sh).
marked_pids() {
  local pid=$$ waiting=()
  while [ "${pid:-0}" -gt 1 ]; do
    waiting+=(-e "$pid")
    pid=$(awk '$1 == "PPid:" { print $2 }' "/proc/$pid/status")
  done
  grep -lzE "^$MARK=$LAB/(${1:-.*})$" /proc/[0-9]*/environ 2> /dev/null | cut -d/ -f3 | grep -vxF "${waiting[@]}" || true
}

# Processes in containers have environments of their own; their cgroups tell.
contained_pids() {
  local hierarchy
  hierarchy=$(cgroup_hierarchies | head -n 1)
  find "$hierarchy/$CGROUP" -name cgroup.procs -exec cat {} + 2> /dev/null || true
}

# all_ended [NAMES]: again and again, because what is killed may just have started something.
all_ended() {
  local pids tries
  for ((tries = 0; tries < 100; tries++)); do
    pids=$(marked_pids "$@"; [ $# -gt 0 ] || contained_pids)
    [ -n "$pids" ] || return 0
    xargs kill -9 <<< "$pids" 2> /dev/null || true
    sleep 0.05
  done
  say "these processes do not end: ${pids//$'\n'/ }"
  return 1
}
