import type { ConnectionOptions } from "node:tls";

/** Where an API server is and as whom it is spoken to. */
export type Connection = {
  /** Scheme, host and port, and a path prefix where a proxy has one. */
  readonly serverUrl: URL;
  /** Certificates and names for TLS; asked for each new socket, because files rotate. */
  tls(): Promise<Pick<ConnectionOptions, "ca" | "cert" | "key" | "servername" | "rejectUnauthorized">>;
  /** Value of the Authorization header; undefined where a client certificate is enough. */
  authorization(): Promise<string | undefined>;
  /** Forgets cached credentials, after the server has refused them. */
  forgetCredentials(): void;
  /** The namespace that the credentials belong to, or that the kubeconfig's context names. */
  readonly namespace: string;
};
