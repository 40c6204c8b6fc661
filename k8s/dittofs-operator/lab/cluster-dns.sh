# shellcheck shell=bash
# Sourced: the cluster's DNS, a process beside the control plane. Pods reach it as the Service kube-dns, processes under
# exec.sh by the resolv.conf that is written here.
dns_up() {
  cat > "$LAB_DIR/Corefile" <<EOF
.:53 {
  bind $HOST_IP
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $LAB_DIR/pki/admin.kubeconfig
    ttl 5
  }
  errors
  cache 5
}
EOF
  printf 'nameserver %s\nsearch default.svc.cluster.local svc.cluster.local cluster.local\n' $HOST_IP > "$LAB_DIR/resolv.conf"
  start coredns nsenter --net="$LAB_NETNS" coredns -conf "$LAB_DIR/Corefile"
  kube apply -f - > /dev/null <<EOF
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIP: $DNS_IP
  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: kube-dns-lab, namespace: kube-system, labels: {kubernetes.io/service-name: kube-dns}}
addressType: IPv4
ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
endpoints: [{addresses: ["$HOST_IP"], conditions: {ready: true}}]
EOF
}
