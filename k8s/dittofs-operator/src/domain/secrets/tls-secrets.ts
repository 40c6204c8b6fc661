import type { DittoServer } from "../../api/ditto-server.ts";
import type { Delivery, MountedSecret } from "./mounted-secrets.ts";
import { valueProblems } from "./value-problems.ts";

/** Something of the server that speaks TLS by Secrets of the user's. */
export type TlsListener = {
  /** The field under which the names of its Secrets stand. */
  readonly field: string;
  readonly names: (
    server: DittoServer,
  ) => { readonly certSecretName?: string; readonly clientCASecretName?: string } | undefined;
  /** Names of its volumes, and below the root its directories. */
  readonly certificateVolume: string;
  readonly authorityVolume: string;
  readonly directories: { readonly certificate: string; readonly authority: string };
};

export const apiListener: TlsListener = {
  field: "spec.controlPlane",
  names: ({ spec }) => spec.controlPlane,
  certificateVolume: "tls-cert",
  authorityVolume: "tls-client-ca",
  directories: { certificate: "/tls", authority: "/tls-client-ca" },
};

export const metricsListener: TlsListener = {
  field: "spec.metrics.tls",
  names: ({ spec: { metrics } }) => (metrics?.enabled === true ? metrics.tls : undefined),
  certificateVolume: "metrics-tls",
  authorityVolume: "metrics-client-ca",
  directories: { certificate: "/metrics-tls", authority: "/metrics-client-ca" },
};

export const nfsListener: TlsListener = {
  field: "spec.nfs.tls",
  names: ({ spec: { nfs } }) => nfs.tls,
  certificateVolume: "nfs-tls",
  authorityVolume: "nfs-client-ca",
  directories: { certificate: "/nfs-tls", authority: "/nfs-client-ca" },
};

/** Read once: the server hands out metrics by the token that it found at its start. */
export const metricsToken = {
  field: "spec.metrics.bearerTokenSecret",
  reference: ({ spec: { metrics } }) => (metrics?.enabled === true ? metrics.bearerTokenSecret : undefined),
  delivery: { kind: "file", volume: "metrics-token", directory: "/metrics-token", fileName: "token" },
  problem: valueProblems.filled,
  needsRestart: () => true,
} satisfies MountedSecret;

/** Certificate and key are read anew at each handshake once they have changed; whom the server trusts, at its start. */
function listenerSecrets(listener: TlsListener): readonly MountedSecret[] {
  const { field, names, certificateVolume, authorityVolume, directories } = listener;
  const named =
    (which: "certSecretName" | "clientCASecretName", key: string): MountedSecret["reference"] =>
    (server) => {
      const name = names(server)?.[which];
      return name === undefined ? undefined : { name, key };
    };
  const file = (volume: string, directory: string, fileName: string): Delivery => ({
    kind: "file",
    volume,
    directory,
    fileName,
  });
  const { certificate, authority } = directories;
  return [
    {
      field: `${field}.certSecretName`,
      reference: named("certSecretName", "tls.crt"),
      delivery: file(certificateVolume, certificate, "tls.crt"),
      problem: valueProblems.certificate,
      needsRestart: () => false,
    },
    {
      field: `${field}.certSecretName`,
      reference: named("certSecretName", "tls.key"),
      delivery: file(certificateVolume, certificate, "tls.key"),
      problem: valueProblems.privateKey,
      needsRestart: () => false,
    },
    {
      field: `${field}.clientCASecretName`,
      reference: named("clientCASecretName", "ca.crt"),
      delivery: file(authorityVolume, authority, "ca.crt"),
      problem: valueProblems.certificate,
      needsRestart: () => true,
    },
  ];
}

/** What the server's process reads to speak TLS and to know who scrapes. */
export const tlsSecrets: readonly MountedSecret[] = [
  ...listenerSecrets(apiListener),
  ...listenerSecrets(metricsListener),
  ...listenerSecrets(nfsListener),
  metricsToken,
];
