#!/usr/bin/env bash
# busybox-images.sh: localhost/lab/busybox:1 and localhost/lab/pause:1 (what holds a pod's network) for the node.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/rootfs.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
rootfs "$folder"
with_program "$folder" "$(command -v busybox)" /bin/busybox
for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$folder/bin/$applet"; done
"$LAB_SRC/image.sh" localhost/lab/pause:1 '{"Entrypoint":["/bin/busybox","sleep","2147483647"]}' "$folder"
"$LAB_SRC/image.sh" localhost/lab/busybox:1 '{"Cmd":["/bin/sh"]}' "$folder"
