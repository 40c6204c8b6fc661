# shellcheck shell=bash disable=SC2034
# Sourced: which programs come from Go modules, how they are built, and where a build is kept. A build's folder is named
# after the version and everything that can change the result, so what is there is what would be built.
# NAME MODULE PACKAGE: each NAME is a Go module of its own under mods/, MODULE is the one whose version names the folder.
LAB_MODULES=(
  'kube k8s.io/kubernetes tool'
  'etcd go.etcd.io/etcd/server/v3 go.etcd.io/etcd/server/v3'
  'coredns github.com/coredns/coredns .'
  'policies github.com/cloudnativelabs/kube-router/v2 .'
)

module_version() { # NAME MODULE
  awk -v module="$2" '{ sub(/^require /, "") } $1 == module && $2 ~ /^v/ { print $2; exit }' "$LAB_SRC/mods/$1/go.mod"
}

binary_folder() { # NAME MODULE
  local digest
  digest=$(cat "$LAB_SRC/mods/$1"/* "$LAB_SRC/binaries.sh" | sha256sum)
  echo "$LAB_CACHE/$1-$(module_version "$1" "$2")-${digest:0:10}"
}

binaries_path() {
  local name module _ folders=()
  for row in "${LAB_MODULES[@]}"; do
    read -r name module _ <<< "$row"
    folders+=("$(binary_folder "$name" "$module")")
  done
  (IFS=:; echo "${folders[*]}")
}

# The Kubernetes binaries say their version only when it is linked in; kubectl and charts compare it.
linker_flags() { # NAME VERSION
  echo -n '-s -w'
  [ "$1" = kube ] || return 0
  local package major minor
  IFS=. read -r major minor _ <<< "${2#v}"
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    echo -n " -X $package.gitVersion=$2 -X $package.gitMajor=$major -X $package.gitMinor=$minor"
    echo -n " -X $package.gitTreeState=clean -X $package.gitCommit=lab -X $package.buildDate=1970-01-01T00:00:00Z"
  done
}

# Both replace the shell that they run in, so that its pid is Go's.
LAB_TAGS=selinux,notest,grpcnotrace
list_packages() { # NAME PACKAGE
  cd "$LAB_SRC/mods/$1" && exec env GOTOOLCHAIN=local CGO_ENABLED=0 go list -mod=readonly -tags $LAB_TAGS -deps "$2"
}

build_packages() { # NAME VERSION PACKAGE OUTPUT_FOLDER
  local output=$4/
  [ "$1" = kube ] || output=$4/$1
  cd "$LAB_SRC/mods/$1" && exec env GOTOOLCHAIN=local CGO_ENABLED=0 \
    go build -v -trimpath -mod=readonly -tags $LAB_TAGS -ldflags "$(linker_flags "$1" "$2")" -o "$output" "$3"
}
