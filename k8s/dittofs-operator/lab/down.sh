#!/usr/bin/env bash
# down.sh: ends the lab and everything that runs in it, and removes all that it made. Safe at any time: twice, without a lab,
# after a crash of any part.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/requirements.sh"
. "$LAB_SRC/processes.sh"
began=$(now)

unmounted() {
  awk -v folder="$LAB_DIR/" 'index($5, folder) == 1 { print length($5), $5 }' /proc/self/mountinfo | sort -rn | cut -d' ' -f2 |
    xargs -r -n 1 umount -l 2> /dev/null || true
}

without_cgroups() {
  local hierarchy
  while read -r hierarchy; do
    find "$hierarchy/$CGROUP" -depth -type d -exec rmdir {} + 2> /dev/null || true
    [ ! -d "$hierarchy/$CGROUP" ] || return 1
  done < <(all_cgroup_hierarchies)
}

machine_as_before() {
  local path value
  while read -r path value; do echo "$value" > "/proc/sys/$path" || true; done < "$LAB_DIR/sysctl.before"
  [ ! -e "$LAB_DIR/mount.new" ] || { path=$(cat "$LAB_DIR/mount.new") && umount "$path" && rmdir "$path"; } 2> /dev/null || true
  while read -r path; do rm -rf "$path"; done < "$LAB_DIR/paths.new"
}

[ "$(id -u)" = 0 ] || cannot 'needs root'
alone
[ -e "$LAB_DIR" ] || is_up || [ -n "$(marked_pids)" ] || { say 'is down'; exit 0; }
all_ended
unmounted
wait_for 5 'removal of its cgroups' without_cgroups
for netns in "$NODE_NETNS" "$LAB_NETNS"; do [ ! -e "/run/netns/$netns" ] || ip netns delete "$netns"; done
[ ! -e "$LAB_DIR/paths.new" ] || machine_as_before
! grep -q " $LAB_DIR/" /proc/self/mounts || { say "mounts are left under $LAB_DIR, so its files stay"; exit 1; }
[ ! -e "$LAB_DIR/form" ] || rm -rf "$LAB_DIR"
say "down in $(took "$began")"
