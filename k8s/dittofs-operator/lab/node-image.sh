#!/usr/bin/env bash
# node-image.sh REF SCRIPT PATH [CONFIG]: an image with the repository's Node and one bundled SCRIPT.mjs, executable as PATH;
# the bundle's other parts (SCRIPT-*.mjs) lie beside it. CONFIG is merged into the image's JSON, whose entrypoint is PATH and
# whose user is 65532:65532.
. "$(dirname "$0")/env.sh"
[ $# -ge 3 ] || { echo "usage: node-image.sh REF SCRIPT PATH [CONFIG]" >&2; exit 2; }
ref=$1 script=$2 path=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

folder=$work/app$(dirname "$path")
mkdir -p "$folder"
# The first line lets the kernel start the script.
{ echo '#!/usr/local/bin/node'; grep -v '^#!' "$script"; } > "$work/app$path"
chmod 755 "$work/app$path"
for part in "${script%.mjs}"-*.mjs; do [ ! -e "$part" ] || install -m 644 "$part" "$folder"; done
config=$(jq -cn --arg path "$path" --argjson more "${4:-"{}"}" '{Entrypoint: [$path], User: "65532:65532"} + $more')
layer=$("$LAB_SRC/node-layer.sh")
"$LAB_SRC/image.sh" "$ref" "$config" "$layer" "$work/app"
