#!/usr/bin/env bash
# node-image.sh REF SCRIPT PATH [CONFIG]: an image with the repository's Node and one bundled SCRIPT.mjs, executable as PATH;
# the bundle's other parts (SCRIPT-*.mjs) lie beside it. CONFIG is merged into the image's JSON, whose entrypoint is PATH and
# whose user is 65532:65532. The layer with Node is made once and kept in the cache.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/rootfs.sh"
[ $# -ge 3 ] || { echo "usage: node-image.sh REF SCRIPT PATH [CONFIG]" >&2; exit 2; }
ref=$1 script=$2 path=$3
node=$(realpath -e "$LAB_SRC/../node_modules/.bin/node" 2> /dev/null || command -v node) ||
  cannot 'needs Node for the image (make setup brings it)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

node_layer() {
  local layer
  layer=$LAB_CACHE/node-$({ cat "$LAB_SRC/rootfs.sh"; "$node" --version; stat -c %s "$node"; } | sha256sum | cut -c1-10).tar
  if [ ! -e "$layer.sha256" ]; then
    mkdir -p "$work/node" "$LAB_CACHE"
    rootfs "$work/node"
    with_program "$work/node" "$node" /usr/local/bin/node
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work/node" -cf "$layer.$$" .
    sha256sum < "$layer.$$" | cut -d' ' -f1 > "$work/digest"
    mv "$layer.$$" "$layer"
    mv "$work/digest" "$layer.sha256"
  fi
  echo "$layer"
}

folder=$work/app$(dirname "$path")
mkdir -p "$folder"
# The first line lets the kernel start the script.
{ echo '#!/usr/local/bin/node'; grep -v '^#!' "$script"; } > "$work/app$path"
chmod 755 "$work/app$path"
for part in "${script%.mjs}"-*.mjs; do [ ! -e "$part" ] || install -m 644 "$part" "$folder"; done
config=$(jq -cn --arg path "$path" --argjson more "${4:-"{}"}" '{Entrypoint: [$path], User: "65532:65532"} + $more')
layer=$(node_layer)
"$LAB_SRC/image.sh" "$ref" "$config" "$layer" "$work/app"
