/** Where the REST API of one DittoFS server is called: at its pod, so that neither name service nor proxy is in the way. */
export type DittoFsTarget = {
  readonly host: string;
  readonly port: number;
  /** Absent: in clear. */
  readonly tls?: DittoFsTls;
};

/** How TLS is spoken to a server that is called by address. */
export type DittoFsTls = {
  /** Its certificate has to be for one of them; the first is asked for. */
  readonly serverNames: readonly string[];
  /** In PEM; none: the authorities that everybody trusts. */
  readonly authorities: readonly string[];
  /** What is presented to a server that asks for a certificate, in PEM. */
  readonly client?: { readonly certificate: string; readonly key: string };
};
