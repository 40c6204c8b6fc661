# shellcheck shell=bash
# Sourced: a minimal root file system out of what the machine has.
rootfs() { # FOLDER
  mkdir -p "$1"/{bin,etc,tmp}
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0::/:/bin/sh\nnonroot:x:65532:65532::/:/bin/sh\n' > "$1/etc/passwd"
}

# with_program FOLDER PROGRAM PATH_IN_ROOTFS: the program and the shared libraries that it loads.
with_program() {
  local library
  install -D -m 755 "$2" "$1$3"
  { ldd "$2" 2> /dev/null || true; } | { grep -o '/[^ :]*' || true; } | while read -r library; do
    [ -e "$1$library" ] || install -D -m 755 "$library" "$1$library"
  done
}
