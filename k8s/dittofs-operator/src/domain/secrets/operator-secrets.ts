import type { DittoServer } from "../../api/ditto-server.ts";
import type { Finding } from "../finding.ts";
import type { SecretSeen } from "../world.ts";
import type { MountedSecret } from "./mounted-secrets.ts";
import { usableValue } from "./secret-findings.ts";
import { valueProblems } from "./value-problems.ts";

type OperatorSecret = Pick<MountedSecret, "field" | "problem"> & {
  readonly key: string;
  readonly name: (server: DittoServer) => string | undefined;
  /** Nothing is wrong with a Secret without the key. */
  readonly isOptional?: true;
};

/** Secrets that the operator reads to speak to the server, and the server's process does not. */
const operatorSecrets: readonly OperatorSecret[] = [
  {
    field: "spec.controlPlane.certSecretName",
    name: ({ spec }) => spec.controlPlane.certSecretName,
    key: "ca.crt",
    // cert-manager leaves it empty where everybody knows who signed.
    problem: (value) => (value.lengthBytes === 0 ? undefined : valueProblems.certificate(value)),
    isOptional: true,
  },
  {
    field: "spec.controlPlane.operatorClientCertSecretName",
    name: ({ spec }) => spec.controlPlane.operatorClientCertSecretName,
    key: "tls.crt",
    problem: valueProblems.certificate,
  },
  {
    field: "spec.controlPlane.operatorClientCertSecretName",
    name: ({ spec }) => spec.controlPlane.operatorClientCertSecretName,
    key: "tls.key",
    problem: valueProblems.privateKey,
  },
];

export function operatorSecretNames(server: DittoServer): readonly string[] {
  return operatorSecrets.flatMap(({ name }) => name(server) ?? []);
}

/** What keeps the operator from speaking to the server. It holds back no rollout: the process needs none of it. */
export function operatorSecretFindings(server: DittoServer, seen: ReadonlyMap<string, SecretSeen>): readonly Finding[] {
  return operatorSecrets.flatMap((row) => {
    const name = row.name(server);
    const secret = seen.get(name ?? "");
    if (name === undefined || (row.isOptional && !(secret?.kind === "present" && secret.keys.has(row.key)))) return [];
    const value = usableValue(row, { name, key: row.key }, secret);
    return value.kind === "unusable" ? [value.finding] : [];
  });
}
