#!/usr/bin/env bash
# setup.sh [light|full]: brings what that form of the lab needs, and only what is missing: Debian packages, and programs built
# from the Go modules under mods/. The first build takes 6 to 8 minutes on two idle cores; with everything there it is a look.
. "$(dirname "$0")/env.sh"
. "$LAB_SRC/requirements.sh"
form=${1:-full}
[ "$form" = light ] || [ "$form" = full ] || { echo "usage: setup.sh [light|full]" >&2; exit 2; }

NO_DAEMONS=/usr/sbin/policy-rc.d
install_packages() {
  command -v apt-get > /dev/null || cannot "needs these packages and finds no apt-get to install them: $*"
  say "installing Debian packages: $*"
  # Postinst scripts must start no daemon of their own: the lab starts its containerd itself.
  local apt=(apt-get -q -o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any)
  if [ ! -e $NO_DAEMONS ]; then
    trap 'rm -f $NO_DAEMONS' EXIT
    printf '#!/bin/sh\nexit 101\n' > $NO_DAEMONS
    chmod +x $NO_DAEMONS
  fi
  "${apt[@]}" -q update > /dev/null || cannot "apt-get update failed, so these packages can't be installed: $*"
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "$@" > /dev/null ||
    cannot "apt-get could not install these packages: $*"
}

require_machine "$form"
mapfile -t packages < <(missing_packages "$form")
[ ${#packages[@]} = 0 ] || install_packages "${packages[@]}"
mapfile -t builds < <(missing_binaries "$form")
if [ ${#builds[@]} != 0 ]; then
  require_go
  "$LAB_SRC/build.sh" "${builds[@]}"
fi
