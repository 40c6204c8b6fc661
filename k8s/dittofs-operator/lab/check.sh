#!/usr/bin/env bash
# check.sh: proves a lab that is up. Both forms: an object comes back as it was stored, and the audit log saw it. Full form: pod, volume with
# fsGroup, cluster DNS, load balancer, growing claim, Pod Security. Leaves nothing behind.
. "$(dirname "$0")/env.sh"
is_up || { say "is down ($LAB_SRC/up.sh starts it)"; exit 1; }
check=
trap '[ $? = 0 ] || say "$check failed"; kube delete namespace lab-check lab-strict --ignore-not-found --wait=false > /dev/null' EXIT
checked() { kube -n lab-check "$@"; }

check_object() {
  kube create namespace lab-check > /dev/null
  checked create configmap stored --from-literal=answer=42 > /dev/null
  [ "$(checked get configmap stored -o jsonpath='{.data.answer}')" = 42 ]
  grep -q '"verb":"create".*"resource":"configmaps","namespace":"lab-check","name":"stored"' "$LAB_DIR/log/audit.jsonl"
  echo 'an object is stored, read and audited'
}

check_pod() {
  local began
  began=$(now)
  wait_for 10 'service account' checked get serviceaccount default
  checked run box --image=localhost/lab/busybox:1 --restart=Never -- sleep 600 > /dev/null
  checked wait --for=condition=Ready pod/box --timeout=60s > /dev/null
  echo "a pod is ready after $(took "$began")"
}

check_volume() {
  local began
  began=$(now)
  checked apply -f "$LAB_SRC/check.yaml" > /dev/null
  checked rollout status statefulset/web --timeout=60s > /dev/null
  echo "a StatefulSet with claim, fsGroup and probe is ready after $(took "$began")"
  checked patch pvc data-web-0 --type=merge -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}' > /dev/null
  grown() { [ "$(checked get pvc data-web-0 -o jsonpath='{.status.capacity.storage}')" = 2Gi ]; }
  wait_for 10 'grown claim' grown
  echo 'its claim grew'
}

check_load_balancer() {
  address() { checked get service web -o jsonpath='{.status.loadBalancer.ingress[0].ip}'; }
  answers() { in_lab curl -sf -m 2 "http://$(address)/index.html" | grep -q from-volume; }
  wait_for 10 'answer at the load balancer address' answers
  echo "its load balancer address $(address) answers"
}

check_dns() {
  wait_for 10 'cluster DNS outside the node' \
    "$LAB_SRC/exec.sh" curl -sf -m 2 http://web.lab-check.svc.cluster.local/index.html
  wait_for 10 'cluster DNS in a pod' checked exec box -- nslookup web.lab-check.svc.cluster.local $DNS_IP
  echo 'cluster DNS answers inside and outside of pods'
}

check_pod_security() {
  local answer
  kube create namespace lab-strict > /dev/null
  kube label namespace lab-strict pod-security.kubernetes.io/enforce=restricted > /dev/null
  wait_for 10 'service account' kube -n lab-strict get serviceaccount default
  answer=$(kube -n lab-strict run bad --image=localhost/lab/busybox:1 --privileged 2>&1) || true
  grep -q 'violates PodSecurity "restricted' <<< "$answer"
  echo 'a restricted namespace refuses a privileged pod'
}

memory() {
  local name pid
  for name in "$LAB_DIR"/run/*; do
    pid=$(cat "$name/pid")
    awk -v name="${name##*/}" '$1 == "VmRSS:" { printf "%-20s %4d MB\n", name, $2 / 1024 }' "/proc/$pid/status"
  done
}

checks=(check_object)
[ "$(cat "$LAB_DIR/form")" = light ] || checks+=(check_pod check_volume check_load_balancer check_dns check_pod_security)
for check in "${checks[@]}"; do $check; done
memory
