# shellcheck shell=bash
# Sourced: plain calls to the API server with curl; a kubectl for each would cost ten times the CPU.
api_curl() {
  in_lab curl -sSf --cacert "$LAB_DIR/pki/ca.crt" --cert "$LAB_DIR/pki/agent.crt" --key "$LAB_DIR/pki/agent.key" "$@"
}

api() { # METHOD PATH [BODY]
  local type=application/json
  [ "$1" != PATCH ] || type=application/merge-patch+json
  api_curl -o /dev/null -X "$1" -H "Content-Type: $type" ${3:+--data-binary "$3"} "https://$HOST_IP:6443$2"
}

# tell: like api, for loops that a server that just fails must not end.
tell() { api "$@" || true; }

# each PATH FILTER: for ever one line, tab-separated, for each object that is there, comes or changes and passes the jq FILTER.
each() {
  while sleep 0.2; do
    api_curl -N "https://$HOST_IP:6443$1?watch=true" |
      jq --unbuffered -r "select(.type == \"ADDED\" or .type == \"MODIFIED\") | .object | $2 | @tsv" || true
  done
}
