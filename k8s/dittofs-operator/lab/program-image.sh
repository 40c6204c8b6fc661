#!/usr/bin/env bash
# program-image.sh REF PROGRAM PATH: an image with one program of this machine, and the shared libraries that it loads, as PATH;
# that is its entrypoint, and its user is 65532:65532.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/rootfs.sh"
[ $# -eq 3 ] || { echo "usage: program-image.sh REF PROGRAM PATH" >&2; exit 2; }
ref=$1 program=$2 path=$3
[ -x "$program" ] && [ -f "$program" ] || cannot "needs a program at $program"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
rootfs "$folder"
with_program "$folder" "$program" "$path"
"$LAB_SRC/image.sh" "$ref" "$(jq -cn --arg path "$path" '{Entrypoint: [$path], User: "65532:65532"}')" "$folder"
