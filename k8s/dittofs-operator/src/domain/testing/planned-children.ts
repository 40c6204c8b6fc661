import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { wantedChildren } from "../children/all-children.ts";
import { credentials, userCredentials } from "../children/credentials.ts";
import { heededConfig } from "../config-file/config-file.ts";
import { controlPlaneDatabase } from "../database/control-plane-database.ts";
import { databaseDigest } from "../database/database-findings.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import { rolloutDigest } from "../rollout.ts";
import { encryptedStores, encryptionKeys } from "../secrets/encryption-keys.ts";
import type { GeneratedKind } from "../secrets/generated-secrets.ts";
import { type MountedSecret, mountedSecrets } from "../secrets/mounted-secrets.ts";
import { referencedSecretNames } from "../secrets/referenced-secrets.ts";
import { SealedText } from "../secrets/sealed-text.ts";
import { secretDigests } from "../secrets/secret-digests.ts";
import type { Wanted, WantedChild } from "../wanted-child.ts";
import type { SecretSeen, SecretValueSeen } from "../world.ts";

type PlannedOptions = {
  readonly seen?: ReadonlyMap<string, SecretSeen>;
  readonly liveSecrets?: readonly Secret[];
  readonly liveStatefulSet?: StatefulSet;
};

const operatorImage = "dittofs-operator:test";

/** Every Secret that the spec names, with a usable value under every key that it names. */
export function usableSecrets(server: DittoServer): ReadonlyMap<string, SecretSeen> {
  const rows = mountedSecrets.flatMap((row) => {
    const reference = row.reference(server);
    return reference === undefined ? [] : [{ ...reference, value: usableValue(row) }];
  });
  const keyFiles = encryptedStores(server).map(({ keyFile }) => ({ ...keyFile, value: { form: keyFileForm } }));
  const values = [...rows, ...databaseValues(server), ...keyFiles];
  return new Map(
    referencedSecretNames(server).map((name) => {
      const ofName = values.filter((each) => each.name === name);
      const keys = new Map(
        ofName.map(({ key, value }) => [key, { lengthBytes: 40, ...value, digest: `digest of ${key}` }]),
      );
      return [name, { kind: "present", keys }];
    }),
  );
}

const pem = {
  digest: "",
  lengthBytes: 40,
  form: { kind: "pem", certificateKeyDigest: "one pair", privateKeyDigest: "one pair" },
} as const;
const values: readonly SecretValueSeen[] = [
  { digest: "", lengthBytes: 40 },
  { digest: "", lengthBytes: 40, form: { kind: "keytab" } },
  pem,
];

const keyFileForm = { kind: "encryptionKey", keyId: "one", file: new SealedText("a key file") } as const;

/** The first value of any form that the process could use. */
function usableValue({ field, problem }: MountedSecret): SecretValueSeen {
  const pair = new Map(["tls.crt", "tls.key"].map((key) => [key, pem]));
  const usable = values.find((value) => problem(value, pair) === undefined);
  if (usable === undefined) throw new Error(`no value is usable for ${field}`);
  return usable;
}

/** A URI where the key says that there is one, else the parts under keys of their own. */
function databaseValues(server: DittoServer) {
  const ofPercona = perconaNames(server)?.userSecret;
  const { name = ofPercona ?? "", key: uriKey = "" } = server.spec.database.postgresSecretRef ?? {};
  const place = { host: "db.example.com", port: "5432", database: "files", user: "dittofs" };
  if (uriKey.startsWith("uri")) {
    const form = { kind: "postgresUri", place: { ...place, password: new SealedText("a password") } } as const;
    return [{ name, key: uriKey, value: { form } }];
  }
  const lines = Object.entries({ ...place, sslmode: "require" }).map(([key, text]) => ({
    name,
    key,
    value: { form: { kind: "line", text } } as const,
  }));
  return [...lines, { name, key: "password", value: {} }];
}

/** The children of a server as one pass plans them; generated values are fixed. */
export function plannedChildren(server: DittoServer, options: PlannedOptions = {}): readonly WantedChild[] {
  const { seen = usableSecrets(server), liveSecrets = [], liveStatefulSet } = options;
  const fresh = (kind: GeneratedKind) => `a generated ${kind} of at least 32 bytes`;
  const made = credentials({ server, live: liveSecrets, fresh });
  const database = controlPlaneDatabase(server, seen);
  const encryption = encryptionKeys({ server, seen, live: liveSecrets });
  const rollout = rolloutDigest({
    configFile: heededConfig(server),
    secretDigests: new Map([
      ...secretDigests({ server, seen, credentials: made }),
      ...databaseDigest(database),
      ...encryption.digests,
    ]),
  });
  return wantedChildren({
    world: {
      server,
      secrets: seen,
      servedKinds: new Set(["ServiceMonitor", "PerconaPGCluster"]),
      operatorNamespace: "dittofs-system",
      operatorImage,
    },
    credentials: [...made, ...encryption.secrets],
    userCredentials: userCredentials({ server, live: liveSecrets, fresh }),
    rollout,
    database,
    liveStatefulSet,
  });
}

/** The planned StatefulSet; throws when none is planned. */
export function plannedStatefulSet(
  server: DittoServer,
  options: PlannedOptions = {},
): Wanted<"StatefulSet", StatefulSet> {
  const found = plannedChildren(server, options).find((child) => child.kind === "StatefulSet");
  if (found === undefined) throw new Error("no StatefulSet is planned");
  return found;
}
