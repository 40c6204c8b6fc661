# shellcheck shell=bash disable=SC2034  # sourced: every script of the lab uses some of these
# Where things are, what has which address, and the few words that all scripts share.
set -euo pipefail
LAB_SRC=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_DIR=${LAB_DIR:-/var/lib/dittofs-lab} # state of the running lab, removed by down.sh
LAB_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/dittofs-lab
NODE=n1
NODE_DIR=$LAB_DIR/$NODE
CONTAINERD=$NODE_DIR/containerd.sock
CGROUP=dittofs-lab

# One lab at a time: the names and addresses are fixed.
LAB_NETNS=tblab NODE_NETNS=tbn1
POD_CIDR=10.244.0.0/16 SERVICE_CIDR=10.96.0.0/16 LB_CIDR=10.252.0.0/16
HOST_IP=10.251.0.1 NODE_IP=10.251.0.11 DNS_IP=10.96.0.10

. "$LAB_SRC/binaries.sh"
PATH=$(binaries_path):$PATH:/usr/sbin:/sbin

# nsenter, not `ip netns exec`: the latter mounts a new /sys and so hides the cgroups.
in_lab() { nsenter --net="/run/netns/$LAB_NETNS" "$@"; }
in_node() { nsenter --net="/run/netns/$NODE_NETNS" "$@"; }
kube() { in_lab kubectl --kubeconfig="$LAB_DIR/pki/admin.kubeconfig" "$@"; }

say() { echo "lab: $*" >&2; }
cannot() { say "$*"; exit 2; } # the lab can't run here: one sentence says why

is_up() { [ -e "/run/netns/$LAB_NETNS" ]; }

# alone: one up.sh or down.sh at a time; others wait. The lock ends with the script, also when it is killed.
alone() {
  [ -z "${LAB_IS_LOCKED:-}" ] || return 0 # down.sh within up.sh
  mkdir -p "$LAB_CACHE"
  exec 8> "$LAB_CACHE/lab.lock"
  flock 8
  export LAB_IS_LOCKED=1
}

# wait_for SECONDS WHAT COMMAND...: asks again and again until COMMAND succeeds.
wait_for() {
  local limit=$1 what=$2 began=$SECONDS
  shift 2
  until "$@" > /dev/null 2>&1; do
    [ $((SECONDS - began)) -lt "$limit" ] || { say "no $what after $limit s, see $LAB_DIR/log"; return 1; }
    sleep 0.05
  done
}

now() { date +%s.%N; }
took() { awk -v began="$1" -v now="$(now)" 'BEGIN { printf "%.1f s\n", now - began }'; }
