/** monitoring.coreos.com/v1 ServiceMonitor, as much of it as is used here. */
export type ServiceMonitor = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly uid?: string;
    readonly ownerReferences?: readonly { readonly uid: string }[];
  };
  readonly spec?: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly namespaceSelector: { readonly matchNames: readonly string[] };
    readonly endpoints: readonly MonitorEndpoint[];
  };
};

export type MonitorEndpoint = {
  readonly port: string;
  readonly path: string;
  readonly scheme: "http" | "https";
  readonly interval?: string;
  readonly authorization?: { readonly type: "Bearer"; readonly credentials: SecretKey };
  readonly tlsConfig?: {
    readonly serverName: string;
    readonly ca?: { readonly secret: SecretKey };
    readonly cert?: { readonly secret: SecretKey };
    readonly keySecret?: SecretKey;
  };
};

type SecretKey = { readonly name: string; readonly key: string };
