// Enforces the NetworkPolicies of the lab's node, which its network of bridges does not: kube-router's part for that, without the routes,
// proxies and the BGP of its own main package.
package main

import (
	"flag"
	"log"
	"sync"

	"github.com/cloudnativelabs/kube-router/v2/pkg/controllers/netpol"
	"github.com/cloudnativelabs/kube-router/v2/pkg/healthcheck"
	"github.com/cloudnativelabs/kube-router/v2/pkg/options"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	config := options.NewKubeRouterConfig()
	flag.StringVar(&config.Kubeconfig, "kubeconfig", "", "whom to ask")
	flag.StringVar(&config.HostnameOverride, "hostname-override", "", "name of the node")
	clusterIPs := flag.String("service-cluster-ip-range", "", "addresses of Services")
	flag.Parse()
	config.ClusterIPCIDRs = []string{*clusterIPs}
	config.EnableIPv4 = true

	rest := must(clientcmd.BuildConfigFromFlags("", config.Kubeconfig))
	client := must(kubernetes.NewForConfig(rest))
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Informer()
	policies := factory.Networking().V1().NetworkPolicies().Informer()
	namespaces := factory.Core().V1().Namespaces().Informer()
	forever := make(chan struct{})
	factory.Start(forever)
	factory.WaitForCacheSync(forever)

	tables, sets, err := netpol.NewIPTablesHandlers(config)
	must(tables, err)
	controller := must(netpol.NewNetworkPolicyController(
		client, config, pods, policies, namespaces, &sync.Mutex{}, tables, sets))
	for informer, handler := range map[cache.SharedIndexInformer]cache.ResourceEventHandler{
		pods: controller.PodEventHandler, policies: controller.NetworkPolicyEventHandler,
		namespaces: controller.NamespaceEventHandler,
	} {
		must(informer.AddEventHandler(handler))
	}
	beats := make(chan *healthcheck.ControllerHeartbeat)
	go func() {
		for range beats {
		}
	}()
	var running sync.WaitGroup
	running.Add(1)
	controller.Run(beats, forever, &running)
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
