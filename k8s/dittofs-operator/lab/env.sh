# shellcheck shell=bash disable=SC2034  # sourced: every script of the lab uses some of these
# Where things are, what has which address, and the few words that all scripts share.
set -euo pipefail
LAB_SRC=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LAB=${LAB:-main}     # which of the labs that run side by side
LABS=/var/lib/dittofs-labs  # a folder for each; goes with the last
MACHINE=$LABS/.machine      # what the machine was like before the first
LAB_DIR=$LABS/$LAB          # state of this one, removed by down.sh
LAB_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/dittofs-lab
NODE=n1
NODE_DIR=$LAB_DIR/$NODE
CONTAINERD=$NODE_DIR/containerd.sock
CGROUP=dittofs-lab-$LAB

# Every lab has network namespaces of its own, in which the addresses are the same.
LAB_NETNS=$LAB_DIR/net/lab NODE_NETNS=$LAB_DIR/net/node
POD_CIDR=10.244.0.0/16 SERVICE_CIDR=10.96.0.0/16 LB_CIDR=10.252.0.0/16
HOST_IP=10.251.0.1 NODE_IP=10.251.0.11 DNS_IP=10.96.0.10

. "$LAB_SRC/binaries.sh"
PATH=$(binaries_path):$PATH:/usr/sbin:/sbin

# nsenter, not `ip netns exec`: the latter mounts a new /sys and so hides the cgroups.
in_lab() { nsenter --net="$LAB_NETNS" "$@"; }
in_node() { nsenter --net="$NODE_NETNS" "$@"; }
kube() { in_lab kubectl --kubeconfig="$LAB_DIR/pki/admin.kubeconfig" "$@"; }

say() { echo "lab: $*" >&2; }
cannot() { say "$*"; exit 2; } # the lab can't run here: one sentence says why

# The file of a namespace is a mount, so that it is an empty file after a reboot.
is_up() { [ "$(stat -f -c %T "$LAB_NETNS" 2> /dev/null)" = nsfs ]; }
[[ $LAB =~ ^[a-z0-9][a-z0-9-]{0,31}$ ]] || cannot "cannot have the name '$LAB': 1 to 32 lowercase letters, digits and dashes, please"

# alone: one up.sh or down.sh of a lab at a time; others wait. The lock ends with the script, also when it is killed.
alone() {
  [ -z "${LAB_IS_LOCKED:-}" ] || return 0 # down.sh within up.sh
  mkdir -p "$LAB_CACHE"
  # Names share sixteen files, so that names of the moment leave none behind.
  exec 8> "$LAB_CACHE/lab-$(($(cksum <<< "$LAB" | cut -d' ' -f1) % 16)).lock"
  flock 8
  export LAB_IS_LOCKED=lab
}

# alone_on_machine COMMAND...: for what labs share.
alone_on_machine() {
  [ "$LAB_IS_LOCKED" != machine ] || { "$@"; return; }
  exec 7> "$LAB_CACHE/machine.lock"
  flock 7
  LAB_IS_LOCKED=machine "$@"
  exec 7>&-
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
