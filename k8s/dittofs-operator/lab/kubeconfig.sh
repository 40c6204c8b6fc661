#!/usr/bin/env bash
# kubeconfig.sh USER [GROUP]: prints a kubeconfig for a client certificate of that user.
# The group system:masters may do everything; without a group the user may do what RBAC grants to it.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/pki.sh"
[ $# -ge 1 ] || { echo "usage: kubeconfig.sh USER [GROUP]" >&2; exit 2; }
is_up || { say "is down ($LAB_SRC/up.sh starts it)"; exit 1; }
client "user-$1" "${2:+/O=$2}/CN=$1"
cat "$LAB_DIR/pki/user-$1.kubeconfig"
