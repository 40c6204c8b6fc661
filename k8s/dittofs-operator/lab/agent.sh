#!/usr/bin/env bash
# agent.sh: plays the cloud around the full form; up.sh starts it.
#   volumes    for each claim of the lab's StorageClasses a folder as a `local` PersistentVolume, because the kubelet gives such
#              a volume the pod's fsGroup, as it does with a disk. They grow on demand; what is released is removed with its data.
#   addresses  for each LoadBalancer Service one of 10.252.0.0/16, which kube-proxy serves. While $LAB_DIR/no-addresses exists
#              new Services wait.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/api.sh"

# address_of UID: the one that it has, or the next free.
address_of() {
  local file=$LAB_DIR/addresses/$1 given
  if [ ! -e "$file" ]; then
    given=$(find "$LAB_DIR/addresses" -type f | wc -l)
    echo "10.252.$((given / 250)).$((given % 250 + 1))" > "$file"
  fi
  cat "$file"
}

give_addresses() {
  local namespace name uid
  each /api/v1/services 'select(.spec.type == "LoadBalancer" and (.status.loadBalancer.ingress // [] | length) == 0)
    | [.metadata.namespace, .metadata.name, .metadata.uid]' |
    while read -r namespace name uid; do
      [ ! -e "$LAB_DIR/no-addresses" ] || continue
      tell PATCH "/api/v1/namespaces/$namespace/services/$name/status" \
        "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"$(address_of "$uid")\"}]}}}"
    done
}

make_volumes() {
  local namespace name uid class size modes volume
  each /api/v1/persistentvolumeclaims 'select(.status.phase == "Pending" and .spec.volumeName == null
      and .metadata.deletionTimestamp == null and .metadata.annotations["volume.kubernetes.io/storage-provisioner"] == "lab/local")
    | [.metadata.namespace, .metadata.name, .metadata.uid, .spec.storageClassName, .spec.resources.requests.storage,
       (.spec.accessModes | join(","))]' |
    while IFS=$'\t' read -r namespace name uid class size modes; do
      mkdir -p "$LAB_DIR/volumes/$uid"
      volume=$(jq -cn --arg namespace "$namespace" --arg name "$name" --arg uid "$uid" --arg class "$class" --arg size "$size" \
        --arg modes "$modes" --arg path "$LAB_DIR/volumes/$uid" --arg node "$NODE" '{
          apiVersion: "v1", kind: "PersistentVolume",
          metadata: {name: "pvc-\($uid)", annotations: {"pv.kubernetes.io/provisioned-by": "lab/local"}},
          spec: {
            capacity: {storage: $size}, accessModes: ($modes / ","), storageClassName: $class,
            persistentVolumeReclaimPolicy: "Delete", local: {path: $path},
            claimRef: {apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: $namespace, name: $name, uid: $uid},
            nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
              {key: "kubernetes.io/hostname", operator: "In", values: [$node]}]}]}}}}')
      tell POST /api/v1/persistentvolumes "$volume"
    done
}

grow_volumes() {
  local namespace name volume size
  each /api/v1/persistentvolumeclaims 'select(.status.phase == "Bound"
      and .spec.resources.requests.storage != .status.capacity.storage)
    | [.metadata.namespace, .metadata.name, .spec.volumeName, .spec.resources.requests.storage]' |
    while read -r namespace name volume size; do
      tell PATCH "/api/v1/persistentvolumes/$volume" "{\"spec\":{\"capacity\":{\"storage\":\"$size\"}}}"
      tell PATCH "/api/v1/namespaces/$namespace/persistentvolumeclaims/$name/status" \
        "{\"status\":{\"capacity\":{\"storage\":\"$size\"}}}"
    done
}

remove_volumes() {
  local volume path
  each /api/v1/persistentvolumes 'select(.status.phase == "Released" and .spec.persistentVolumeReclaimPolicy == "Delete"
      and .spec.local != null)
    | [.metadata.name, .spec.local.path]' |
    while read -r volume path; do
      case $path in "$LAB_DIR"/volumes/*) rm -rf "$path" ;; esac
      tell DELETE "/api/v1/persistentvolumes/$volume"
    done
}

give_addresses & make_volumes & grow_volumes & remove_volumes &
wait
