#!/usr/bin/env bash
# build.sh 'NAME MODULE PACKAGE'...: builds those rows of binaries.sh into the cache and says every few seconds how far it is.
# A build appears in the cache by one rename, so what is there is whole.
. "$(dirname "$0")/env.sh"
PROGRESS_SECONDS=5

mkdir -p "$LAB_CACHE"
exec 9> "$LAB_CACHE/lock"
flock -n 9 || { say "waits for another build to end"; flock 9; }
rm -rf "$LAB_CACHE"/partial.*
partial=$(mktemp -d "$LAB_CACHE/partial.XXXXXX")
builder=
trap 'kill $builder 2> /dev/null || true; rm -rf "$partial"' EXIT

# followed SENTENCE COMMAND...: runs COMMAND and says the sentence, counts and time until it ends.
followed() {
  local sentence=$1 began=$SECONDS status=0
  shift
  "$@" > "$partial/out" 2> "$partial/log" 9>&- &
  builder=$!
  while
    for ((tick = 0; tick < PROGRESS_SECONDS * 5; tick++)); do
      kill -0 $builder 2> /dev/null || break
      sleep 0.2
    done
    kill -0 $builder 2> /dev/null
  do
    say "$sentence: $((SECONDS - began)) s, $(progress)"
  done
  wait $builder || status=$?
  builder=
  [ $status = 0 ] || { grep -v '^[a-z0-9./_-]*$' "$partial/log" | tail -n 20 >&2; say "$sentence: failed"; exit 1; }
}

# Go reports a line per module that it fetches, and with -v one per package that it compiles.
progress() {
  awk -v total="$total" '/^go: downloading/ { fetched++ } /^[a-z0-9.\/_-]+$/ { compiled++ }
    END { if (total) printf "%d of up to %d packages compiled", compiled, total; else printf "%d modules fetched", fetched }' "$partial/log"
}

for row in "$@"; do
  read -r name module package <<< "$row"
  version=$(module_version "$name" "$module")
  folder=$(binary_folder "$name" "$module")
  [ ! -d "$folder" ] || continue
  began=$(now) total=0
  mkdir "$partial/bin"
  followed "fetching the source of $name $version" list_packages "$name" "$package"
  total=$(wc -l < "$partial/out")
  followed "building $name $version" build_packages "$name" "$version" "$package" "$partial/bin"
  mv "$partial/bin" "$folder"
  say "built $name $version in $(took "$began")"
done
