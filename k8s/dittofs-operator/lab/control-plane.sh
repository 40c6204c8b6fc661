# shellcheck shell=bash
# Sourced: etcd, kube-apiserver and kube-controller-manager in a network namespace without an uplink.
network_namespace() { # FILE
  mkdir -p "${1%/*}"
  : > "$1"
  unshare --net="$1" true
}

control_plane_network() {
  network_namespace "$LAB_NETNS"
  in_lab ip link set lo up
  in_lab ip link add tb0 type bridge
  in_lab ip address add "$HOST_IP/24" dev tb0
  in_lab ip link set tb0 up
  in_lab sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  # Without a node all addresses of pods are local: a test may listen at any of them and so play the pods.
  [ "$1" = full ] || in_lab ip route add local $POD_CIDR dev lo
}

etcd_up() {
  local peer=http://127.0.0.1:2380 client=http://127.0.0.1:2379
  # Without fsync a crash of the machine loses data; a kill -9 of etcd does not.
  start etcd nsenter --net="$LAB_NETNS" etcd --data-dir "$LAB_DIR/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls $client --advertise-client-urls $client \
    --listen-peer-urls $peer --initial-advertise-peer-urls $peer --initial-cluster default=$peer
}

# The audit log holds one line for every request that is not of Kubernetes itself; a watch has one when it begins and one when
# it ends.
audit_policy() {
  cat > "$LAB_DIR/audit.yaml" <<'EOF'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: None, userGroups: [system:nodes]}
- {level: None, users: [system:apiserver, system:kube-scheduler, system:kube-proxy, system:kube-controller-manager]}
- {level: None, userGroups: ["system:serviceaccounts:kube-system"]}
- {level: Metadata}
EOF
}

apiserver_up() {
  local pki=$LAB_DIR/pki
  audit_policy
  start apiserver nsenter --net="$LAB_NETNS" kube-apiserver --etcd-servers=http://127.0.0.1:2379 \
    --bind-address=0.0.0.0 --secure-port=6443 --advertise-address=$HOST_IP --service-cluster-ip-range=$SERVICE_CIDR \
    --allow-privileged=true --authorization-mode=Node,RBAC \
    --enable-admission-plugins=NodeRestriction --profiling=false --client-ca-file="$pki/ca.crt" \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-client-certificate="$pki/apiserver-kubelet.crt" \
    --kubelet-client-key="$pki/apiserver-kubelet.key" --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local --service-account-key-file="$pki/sa.pub" \
    --service-account-signing-key-file="$pki/sa.key" --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
    --requestheader-allowed-names=front-proxy-client --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --audit-policy-file="$LAB_DIR/audit.yaml" --audit-log-path="$LAB_DIR/log/audit.jsonl" --audit-log-maxsize=2000
  wait_for 60 "ready kube-apiserver" in_lab curl -sfk https://127.0.0.1:6443/readyz
}

# controllers_up NAME BINARY ARGUMENT...
controllers_up() {
  local name=$1 binary=$2 kubeconfig=$LAB_DIR/pki/$1.kubeconfig
  shift 2
  start "$name" nsenter --net="$LAB_NETNS" "$binary" --leader-elect=false --bind-address=127.0.0.1 \
    --kubeconfig="$kubeconfig" --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" "$@"
}

controller_manager_up() {
  local pki=$LAB_DIR/pki
  # Its start is a hundred requests for its controllers' tokens, five seconds of them at its default rate. Nobody calls its own API, and
  # without the flag it ends if a kube-apiserver that just got ready has not written yet who may.
  controllers_up controller-manager kube-controller-manager --controllers="${LAB_CONTROLLERS:-*}" \
    --use-service-account-credentials=true --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" --allocate-node-cidrs=true \
    --cluster-cidr=$POD_CIDR --node-cidr-mask-size=23 --service-cluster-ip-range=$SERVICE_CIDR --node-monitor-grace-period=20s \
    --kube-api-qps=200 --kube-api-burst=400 --authentication-skip-lookup=true
}
