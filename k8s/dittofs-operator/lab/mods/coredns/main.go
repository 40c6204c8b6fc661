// The lab's DNS server: CoreDNS with the few plugins that the lab's Corefile names. Its own main package brings
// the plugins of two dozen clouds along, and with them a minute and a half of compilation.
package main

import (
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"

	"github.com/coredns/coredns/coremain"
)

func main() { coremain.Run() }
