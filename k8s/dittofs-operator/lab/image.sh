#!/usr/bin/env bash
# image.sh REF CONFIG LAYER...: makes an image of those layers and imports it into the node of the full form. A LAYER is a folder,
# or a .tar with its digest beside it in .tar.sha256. CONFIG is the image's JSON, e.g. '{"Entrypoint":["/app"],"User":"65532:65532"}'.
# REF is localhost/NAME:TAG with a tag other than latest: then the kubelet never tries to pull it.
. "$(dirname "$0")/env.sh"
[ $# -ge 3 ] || { echo "usage: image.sh REF CONFIG LAYER..." >&2; exit 2; }
[ -S "$CONTAINERD" ] || { say "has no node to give an image to ($LAB_SRC/up.sh full starts one)"; exit 1; }
ref=$1 config=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

digests=() files=()
for layer in "$@"; do
  file=${#files[@]}.tar
  if [ -d "$layer" ]; then
    # Reproducible: the same folder is the same image.
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$layer" -cf "$work/$file" .
    digests+=("$(sha256sum < "$work/$file" | cut -d' ' -f1)")
  else
    ln -s "$(realpath "$layer")" "$work/$file"
    digests+=("$(cat "$layer.sha256")")
  fi
  files+=("$file")
done

jq -cn --argjson config "$config" '{
  architecture: "amd64", os: "linux", created: "1970-01-01T00:00:00Z",
  config: ({Env: ["PATH=/usr/local/bin:/usr/bin:/bin:/sbin"]} + $config),
  rootfs: {type: "layers", diff_ids: ($ARGS.positional | map("sha256:" + .))}}' --args "${digests[@]}" > "$work/config.json"
id=$(sha256sum < "$work/config.json" | cut -d' ' -f1)
mv "$work/config.json" "$work/$id.json"
jq -cn --arg config "$id.json" --arg ref "$ref" '[{Config: $config, RepoTags: [$ref], Layers: $ARGS.positional}]' \
  --args "${files[@]}" > "$work/manifest.json"
tar -C "$work" -chf - manifest.json "$id.json" "${files[@]}" | ctr -a "$CONTAINERD" -n k8s.io images import - > /dev/null
