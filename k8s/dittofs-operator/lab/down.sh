#!/usr/bin/env bash
# down.sh: ends the lab and everything that runs in it, and removes all that it made. Safe at any time: twice, without a lab,
# after a crash of any part.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/requirements.sh"
. "$LAB_SRC/processes.sh"
began=$(now)

unmounted() {
  awk -v folder="$LAB_DIR/" 'index($5 "/", folder) == 1 { print length($5), $5 }' /proc/self/mountinfo | sort -rn | cut -d' ' -f2 |
    xargs -r -n 1 umount -l 2> /dev/null || true
}

without_cgroups() {
  local hierarchy
  while read -r hierarchy; do
    find "$hierarchy/$CGROUP" -depth -type d -exec rmdir {} + 2> /dev/null || true
    [ ! -d "$hierarchy/$CGROUP" ] || return 1
  done < <(all_cgroup_hierarchies)
}

lab_ended() {
  rm -rf "$LAB_DIR"
  [ ! -d "$MACHINE" ] || [ -n "$(ls "$LABS")" ] || machine_as_before
}

machine_as_before() {
  local path value
  while read -r path value; do echo "$value" > "/proc/sys/$path" || true; done < "$MACHINE/sysctl.before"
  while read -r path; do rm -rf "$path"; done < "$MACHINE/paths.new"
  rm -r "$LABS"
}

[ "$(id -u)" = 0 ] || cannot 'needs root'
alone
[ -e "$LAB_DIR" ] || is_up || [ -n "$(marked_pids)" ] || { say 'is down'; exit 0; }
all_ended
unmounted
wait_for 5 'removal of its cgroups' without_cgroups
! grep -q " $LAB_DIR[ /]" /proc/self/mounts || { say "mounts are left at $LAB_DIR, so its files stay"; exit 1; }
alone_on_machine lab_ended
say "down in $(took "$began")"
