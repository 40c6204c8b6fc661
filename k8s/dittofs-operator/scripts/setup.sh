#!/usr/bin/env bash
# Brings Node 24 and the tools into node_modules, exactly as package-lock.json pins them. Needs npm and nothing else.
# Done already: returns at once. The stamp is written last, so that an interrupted run starts again.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=node_modules/.installed
wanted="$(cat package-lock.json .npmrc | cksum) $(uname -sm)"
if [[ -f $stamp && "$(<"$stamp")" == "$wanted" ]]; then exit 0; fi

fail() {
  printf 'make setup: %s\n' "$1" >&2
  exit 1
}

command -v npm >/dev/null || fail "npm is not on PATH: install it (on Debian: apt-get install npm) and run 'make setup' again."
case "$(uname -sm)" in
  "Linux x86_64" | "Linux aarch64") ;;
  *)
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' 2>/dev/null ||
      fail "Node comes by itself only on Linux (x86_64, aarch64), and this is $(uname -sm): put Node 22.18 or later on PATH and run 'make setup' again."
    ;;
esac

printf 'Installing Node 24 and the tools from package-lock.json (about 470 MB, less than a minute) ...\n'
# The machine's npm may run on an older Node than the packages ask for; it only unpacks them, so that its warnings mislead.
npm ci --loglevel=error || fail "npm could not install the packages; its own message stands above."
printf '%s' "$wanted" >"$stamp"
