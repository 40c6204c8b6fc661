#!/usr/bin/env bash
# up.sh [light|full]
#   light  etcd, kube-apiserver, kube-controller-manager: objects, watches, admission, garbage collection; no pod ever runs
#   full   that, and a scheduler and one real node (containerd, kubelet, kube-proxy), cluster DNS, volumes that grow, and
#          addresses for LoadBalancer Services
# LAB_CONTROLLERS  the controller manager's --controllers, e.g. '*,-statefulset-controller' when a test plays that part
# LAB_KINDS        a kustomization with CustomResourceDefinitions that are there before the controllers start: the garbage collector
#                  looks for new kinds only every 30 s
# LAB_MAX_PODS     pods that the node accepts (400)
# LAB_POLICIES     not empty: the node enforces NetworkPolicies, which costs it a while for every pod
# LAB_OWNER        the process for which the lab is; when it has ended without ending the lab, the next up.sh of any lab does
. "$(dirname "$0")/env.sh"
for part in requirements processes pki api control-plane node cluster-dns; do
  # shellcheck source=/dev/null
  . "$LAB_SRC/$part.sh"
done
form=${1:-full}
[ "$form" = light ] || [ "$form" = full ] || { echo "usage: up.sh [light|full]" >&2; exit 2; }
require_machine "$form"
require_packages "$form"
require_binaries "$form"
alone
! is_up || { say "is up already ($LAB_SRC/down.sh ends it)"; exit 1; }
[ ! -e "$LAB_DIR" ] || "$LAB_SRC/down.sh" # left by a crash or a reboot

# A pid comes again; with its start it does not.
identity() { awk -v pid="$1" '{ sub(/.*\) /, ""); print pid, $20 }' "/proc/$1/stat" 2> /dev/null; }
without_abandoned_labs() {
  local file owner
  for file in "$LABS"/*/owner; do
    [ -e "$file" ] || continue
    owner=$(cat "$file")
    [ "$owner" = "$(identity "${owner% *}")" ] || LAB=$(basename "${file%/owner}") "$LAB_SRC/down.sh"
  done
}

# What Kubernetes changes outside $LAB_DIR, whatever it is told. The first lab remembers it and down.sh of the last puts it back.
remember_machine() {
  local path
  [ ! -e "$MACHINE" ] || return 0
  mkdir -p "$MACHINE"
  for path in vm/overcommit_memory kernel/panic kernel/panic_on_oops fs/inotify/max_user_instances; do
    echo "$path $(cat /proc/sys/$path)"
  done > "$MACHINE/sysctl.before"
  for path in /var/lib/kubelet /var/lib/cni /var/log/containers /run/containerd; do
    [ -e "$path" ] || echo "$path"
  done > "$MACHINE/paths.new"
}

ended_badly() {
  local log
  for log in "$LAB_DIR"/log/*.log; do
    printf -- '--- %s\n' "${log##*/}" >&2
    tail -n 5 "$log" >&2
  done
  say "did not come up, because: $failed (last lines of its logs above)"
  "$LAB_SRC/down.sh"
}

lab_begun() {
  without_abandoned_labs
  remember_machine
  mkdir -p "$LAB_DIR"
  # Without a node nothing large is there, and etcd and the doubles of tests write much.
  [ "$form" = full ] || mount -t tmpfs -o mode=755 lab "$LAB_DIR"
  mkdir -p "$LAB_DIR"/{log,run,volumes,addresses}
  [ -z "${LAB_OWNER:-}" ] || identity "$LAB_OWNER" > "$LAB_DIR/owner"
  echo "$form" > "$LAB_DIR/form"
}

began=$(now)
alone_on_machine lab_begun
failed='it was told to end' is_whole=
trap 'failed=$BASH_COMMAND' ERR
trap '[ -n "$is_whole" ] || ended_badly' EXIT
echo 8192 > /proc/sys/fs/inotify/max_user_instances
control_plane_network "$form"
etcd_up
all_certificates "$form"
apiserver_up
[ -z "${LAB_KINDS:-}" ] || kube apply --server-side --field-manager=lab -k "$LAB_KINDS" > /dev/null
controller_manager_up
if [ "$form" = full ]; then
  controllers_up scheduler kube-scheduler
  node_network
  containerd_up
  "$LAB_SRC/busybox-images.sh"
  kubelet_up
  proxy_up
  kube apply -f "$LAB_SRC/storage-classes.yaml" > /dev/null
  pod_network_up
  dns_up
  start agent "$LAB_SRC/agent.sh"
  wait_for 60 'ready node' node_is_ready
  [ -z "${LAB_POLICIES:-}" ] || policies_up # looks once for its node
fi
for name in "$LAB_DIR"/run/*; do [ -n "$(pid_of "${name##*/}")" ] || { say "${name##*/} ended by itself"; exit 1; }; done
wait_for 30 'default service account' api GET /api/v1/namespaces/default/serviceaccounts/default
is_whole=yes
ls -A "$LAB_DIR" > "$LAB_DIR/files"
say "$form form up in $(took "$began")"
