# shellcheck shell=bash
# Sourced: certificates and kubeconfigs under $LAB_DIR/pki.
pki() { (cd "$LAB_DIR/pki" && "$@" 2> /dev/null); }

authority() { # NAME
  pki openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -keyout "$1.key" -out "$1.crt" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature
}

certificate() { # NAME SUBJECT USAGE CA [SAN]
  pki openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
  printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=%s\n%s' "$3" "${5:+subjectAltName=$5}" > "$LAB_DIR/pki/$1.ext"
  pki openssl x509 -req -in "$1.csr" -CA "$4.crt" -CAkey "$4.key" -days 30 -extfile "$1.ext" -out "$1.crt"
  rm "$LAB_DIR/pki/$1.csr" "$LAB_DIR/pki/$1.ext"
}

encoded() { base64 -w0 "$LAB_DIR/pki/$1"; }

client() { # NAME SUBJECT
  certificate "$1" "$2" clientAuth ca
  cat > "$LAB_DIR/pki/$1.kubeconfig" <<EOF
apiVersion: v1
kind: Config
current-context: lab
clusters: [{name: lab, cluster: {server: "https://$HOST_IP:6443", certificate-authority-data: $(encoded ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(encoded "$1.crt"), client-key-data: $(encoded "$1.key")}}]
contexts: [{name: lab, context: {cluster: lab, user: $1}}]
EOF
}

# all_certificates FORM: two at a time, because each waits about as long as it works.
all_certificates() {
  mkdir -m 700 "$LAB_DIR/pki"
  local names=DNS:localhost,DNS:kubernetes name=kubernetes part
  for part in default svc cluster.local; do
    name=$name.$part
    names+=,DNS:$name
  done
  authority ca
  (pki openssl genrsa -out sa.key 2048 && pki openssl rsa -in sa.key -pubout -out sa.pub) &
  certificate apiserver /CN=kube-apiserver serverAuth ca "$names,IP:127.0.0.1,IP:10.96.0.1,IP:$HOST_IP"
  wait $!
  (authority front-proxy-ca && certificate front-proxy /CN=front-proxy-client clientAuth front-proxy-ca) &
  certificate apiserver-kubelet /O=system:masters/CN=apiserver-kubelet clientAuth ca
  wait $!
  client controller-manager /CN=system:kube-controller-manager &
  client admin /O=system:masters/CN=admin
  wait $!
  client agent /O=system:masters/CN=lab-agent
  [ "$1" != full ] || node_certificates
}

node_certificates() {
  certificate kubelet-serving "/O=system:nodes/CN=system:node:$NODE" serverAuth ca "DNS:$NODE,IP:$NODE_IP" &
  client kubelet "/O=system:nodes/CN=system:node:$NODE"
  wait $!
  client scheduler /CN=system:kube-scheduler &
  client proxy /CN=system:kube-proxy
  wait $!
  client policies /O=system:masters/CN=lab-policies
}
