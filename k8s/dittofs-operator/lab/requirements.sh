# shellcheck shell=bash
# Sourced: what the lab needs from the machine. Each check says in one sentence what is missing and ends with code 2.

# COMMAND-OR-FILE DEBIAN-PACKAGE, per form. The rest (nsenter, setsid, flock, mount) is essential on every Debian.
LAB_LIGHT_TOOLS=('openssl openssl' 'curl curl' 'jq jq' 'ip iproute2')
LAB_NODE_TOOLS=(
  'containerd containerd' 'runc runc' '/usr/lib/cni/bridge containernetworking-plugins'
  'iptables iptables' 'conntrack conntrack' 'busybox busybox-static'
)

require_machine() { # FORM
  [ "$(uname -s)" = Linux ] || cannot "needs Linux: it is made of network namespaces and, in the full form, cgroups"
  [ "$(id -u)" = 0 ] || cannot "needs root for network namespaces and mounts: run it as root, for example with sudo"
  unshare --net true 2> /dev/null || cannot "needs the right to make network namespaces (CAP_SYS_ADMIN), which this environment withholds"
  [ "$1" != full ] || require_cgroups
}

# cgroup_hierarchies: the mounted hierarchies that the kubelet uses, one folder a line: several in v1, one in v2. A v1 machine
# may have a v2 one besides, in which the container runtime leaves folders.
all_cgroup_hierarchies() { awk '$3 ~ /^cgroup2?$/ { print $2 }' /proc/self/mounts; }
cgroup_hierarchies() {
  awk '$3 == "cgroup" { v1 = v1 $2 "\n" } $3 == "cgroup2" { v2 = v2 $2 "\n" } END { printf "%s", v1 ? v1 : v2 }' /proc/self/mounts
}

require_cgroups() {
  local first probe
  first=$(cgroup_hierarchies | head -n 1)
  probe=$first/$CGROUP.probe.$$
  [ -n "$first" ] || cannot "the full form needs cgroups (v1 or v2) mounted under /sys/fs/cgroup, and there are none"
  mkdir "$probe" 2> /dev/null ||
    cannot "the full form needs to make cgroups under $first, which this environment does not allow"
  rmdir "$probe"
}

missing_packages() { # FORM
  local tools=("${LAB_LIGHT_TOOLS[@]}") tool package
  [ "$1" != full ] || tools+=("${LAB_NODE_TOOLS[@]}")
  [ -z "${LAB_POLICIES:-}" ] || tools+=('ipset ipset')
  for row in "${tools[@]}"; do
    read -r tool package <<< "$row"
    command -v "$tool" > /dev/null || echo "$package"
  done
}

require_packages() { # FORM
  local packages
  mapfile -t packages < <(missing_packages "$1")
  [ ${#packages[@]} = 0 ] || cannot "the $1 form needs these Debian packages: ${packages[*]} ($LAB_SRC/setup.sh $1 installs them)"
}

require_go() {
  command -v go > /dev/null || cannot "needs Go 1.26 or newer on the PATH to build Kubernetes, and there is none"
  local version major minor
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  IFS=. read -r major minor _ <<< "${version#go}"
  minor=${minor%%[!0-9]*}
  [ "$major" -gt 1 ] || [ "$minor" -ge 26 ] || cannot "needs Go 1.26 or newer to build Kubernetes, and finds $version"
}

missing_binaries() { # FORM: the modules whose build is not in the cache
  local name module
  for row in "${LAB_MODULES[@]}"; do
    read -r name module _ <<< "$row"
    [ "$1" != light ] || [ "$name" != coredns ] || continue
    [ -n "${LAB_POLICIES:-}" ] || [ "$name" != policies ] || continue
    [ -d "$(binary_folder "$name" "$module")" ] || echo "$row"
  done
}

require_binaries() { # FORM
  [ -z "$(missing_binaries "$1")" ] || cannot "Kubernetes is not built yet: run $LAB_SRC/setup.sh $1"
}
