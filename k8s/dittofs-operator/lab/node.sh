# shellcheck shell=bash
# Sourced: one real node in a network namespace of its own: containerd, kubelet, kube-proxy and a bridge for its pods.
node_network() {
  network_namespace "$NODE_NETNS"
  in_lab ip link add tbv1 type veth peer name eth0 netns "$NODE_NETNS"
  in_lab ip link set tbv1 master tb0 up
  in_node ip link set lo up
  in_node ip address add $NODE_IP/24 dev eth0
  in_node ip link set eth0 up
  in_node ip route add default via $HOST_IP
  # Redirects use up the budget of ICMP answers, and then a Service without endpoints hangs instead of refusing at once.
  # shellcheck disable=SC2016
  in_node sh -ec 'cd /proc/sys/net; set_to() { echo "$1" > "$2"; }
    set_to 1 ipv4/ip_forward; set_to 1 bridge/bridge-nf-call-iptables; set_to 0 ipv4/icmp_ratelimit
    set_to 0 ipv4/conf/all/send_redirects; set_to 0 ipv4/conf/eth0/send_redirects'
  in_lab ip route add $SERVICE_CIDR via $NODE_IP
  in_lab ip route add $LB_CIDR via $NODE_IP
}

containerd_up() {
  mkdir -p "$NODE_DIR"/{cni,kubelet,logs,addresses}
  cat > "$NODE_DIR/containerd.toml" <<EOF
version = 2
root = "$NODE_DIR/root"
state = "$NODE_DIR/state"
oom_score = 0
[grpc]
  address = "$CONTAINERD"
[ttrpc]
  address = "$CONTAINERD.ttrpc"
[plugins."io.containerd.internal.v1.opt"]
  path = "$NODE_DIR/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/lab/pause:1"
  restrict_oom_score_adj = true # a container without CAP_SYS_RESOURCE may not lower it
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
        BinaryName = "$(command -v runc)"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$NODE_DIR/cni"
EOF
  start containerd nsenter --net="$NODE_NETNS" containerd -c "$NODE_DIR/containerd.toml"
  wait_for 20 containerd ctr -a "$CONTAINERD" version
}

kubelet_up() {
  local hierarchy
  while read -r hierarchy; do mkdir -p "$hierarchy/$CGROUP"; done < <(cgroup_hierarchies)
  : > "$NODE_DIR/resolv.conf"
  cat > "$NODE_DIR/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $LAB_DIR/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $LAB_DIR/pki/kubelet-serving.crt
tlsPrivateKeyFile: $LAB_DIR/pki/kubelet-serving.key
containerRuntimeEndpoint: unix://$CONTAINERD
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
maxOpenFiles: 20000
maxPods: ${LAB_MAX_PODS:-400}
clusterDNS: [$DNS_IP]
clusterDomain: cluster.local
resolvConf: $NODE_DIR/resolv.conf
podLogsDir: $NODE_DIR/logs
volumePluginDir: $NODE_DIR/kubelet/plugins
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
nodeStatusUpdateFrequency: 4s
EOF
  start kubelet nsenter --net="$NODE_NETNS" kubelet --config="$NODE_DIR/kubelet.yaml" --v=1 \
    --kubeconfig="$LAB_DIR/pki/kubelet.kubeconfig" --hostname-override=$NODE --node-ip=$NODE_IP --root-dir="$NODE_DIR/kubelet"
}

# A bridge lets everybody through; this one reads NetworkPolicies and writes iptables.
policies_up() {
  start policies nsenter --net="$NODE_NETNS" policies --kubeconfig="$LAB_DIR/pki/policies.kubeconfig" \
    --hostname-override=$NODE --service-cluster-ip-range=$SERVICE_CIDR
}

proxy_up() {
  cat > "$NODE_DIR/proxy.yaml" <<EOF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $LAB_DIR/pki/proxy.kubeconfig}
clusterCIDR: $POD_CIDR
hostnameOverride: $NODE
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
EOF
  start proxy nsenter --net="$NODE_NETNS" kube-proxy --config="$NODE_DIR/proxy.yaml"
}

pod_range() { kube get node $NODE -o jsonpath='{.spec.podCIDR}'; }
has_pod_range() { pod_range | grep -q /; }

pod_network_up() {
  wait_for 60 'pod range of the node' has_pod_range
  local range
  range=$(pod_range)
  jq -n --arg range "$range" --arg addresses "$NODE_DIR/addresses" '{cniVersion: "1.0.0", name: "lab", plugins: [
    {type: "bridge", bridge: "cni0", isGateway: true, hairpinMode: true, ipMasq: false,
     ipam: {type: "host-local", ranges: [[{subnet: $range}]], routes: [{dst: "0.0.0.0/0"}], dataDir: $addresses}},
    {type: "portmap", capabilities: {portMappings: true}}]}' > "$NODE_DIR/cni/lab.tmp"
  # A rename within the folder: containerd does not see files that are moved in from another.
  mv "$NODE_DIR/cni/lab.tmp" "$NODE_DIR/cni/10-lab.conflist"
  in_lab ip route add "$range" via $NODE_IP
}

node_is_ready() { kube get node $NODE -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}' | grep -qx True; }
