#!/usr/bin/env bash
# node-layer.sh: prints the path of an image layer with the repository's Node. It is made once and kept in the cache; labs that start at
# once with an empty cache wait for the one that makes it, because a file that is replaced while it is packed spoils the image.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/rootfs.sh"
node=$(realpath -e "$LAB_SRC/../node_modules/.bin/node" 2> /dev/null || command -v node) ||
  cannot 'needs Node for the image (make setup brings it)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$LAB_CACHE"
layer=$LAB_CACHE/node-$({ cat "$LAB_SRC/rootfs.sh"; "$node" --version; stat -c %s "$node"; } | sha256sum | cut -c1-10).tar

make_layer() {
  chmod 755 "$work"
  rootfs "$work/node"
  with_program "$work/node" "$node" /usr/local/bin/node
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$work/node" -cf "$layer.$$" .
  sha256sum < "$layer.$$" | cut -d' ' -f1 > "$work/digest"
  mv "$layer.$$" "$layer"
  mv "$work/digest" "$layer.sha256"
}

exec 9> "$layer.lock"
flock 9
[ -e "$layer.sha256" ] || make_layer
echo "$layer"
