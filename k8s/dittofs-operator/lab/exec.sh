#!/usr/bin/env bash
# exec.sh COMMAND...: runs it beside the control plane, with routes to pods, Services and load balancers and, in the full form,
# with the cluster's DNS (/etc/resolv.conf of its own). down.sh ends what still runs.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/processes.sh"
is_up || { say "is down ($LAB_SRC/up.sh starts it)"; exit 1; }
export "${MARK?}=$LAB/exec"
[ -e "$LAB_DIR/resolv.conf" ] || exec nsenter --net="$LAB_NETNS" "$@"
# shellcheck disable=SC2016
exec nsenter --net="$LAB_NETNS" unshare --mount \
  sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$LAB_DIR/resolv.conf" "$@"
