import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Secret } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { wantedChildren } from "../children/all-children.ts";
import { credentials, userCredentials } from "../children/credentials.ts";
import { configFile } from "../config-file.ts";
import type { GeneratedKind } from "../generated-secrets.ts";
import { mountedSecrets } from "../mounted-secrets.ts";
import { referencedSecretNames } from "../referenced-secrets.ts";
import { rolloutDigest } from "../rollout.ts";
import { secretDigests } from "../secret-digests.ts";
import type { Wanted, WantedChild } from "../wanted-child.ts";
import type { SecretSeen } from "../world.ts";

type PlannedOptions = {
  readonly seen?: ReadonlyMap<string, SecretSeen>;
  readonly liveSecrets?: readonly Secret[];
  readonly liveStatefulSet?: StatefulSet;
};

const aPair = { kind: "pem", certificateKeyDigest: "a", privateKeyDigest: "a" } as const;

/** Every Secret that the spec names, with a usable value under every key that it names. */
export function usableSecrets(server: DittoServer): ReadonlyMap<string, SecretSeen> {
  const references = mountedSecrets.map((row) => row.reference(server)).filter((reference) => reference !== undefined);
  return new Map(
    referencedSecretNames(server).map((name) => {
      const ofName = references.filter((each) => each.name === name);
      const keys = new Map(
        ofName.map(({ key }) => [key, { digest: `digest of ${key}`, lengthBytes: 40, form: aPair }]),
      );
      return [name, { kind: "present", keys }];
    }),
  );
}

/** The children of a server as one pass plans them; generated values are fixed. */
export function plannedChildren(server: DittoServer, options: PlannedOptions = {}): readonly WantedChild[] {
  const { seen = usableSecrets(server), liveSecrets = [], liveStatefulSet } = options;
  const fresh = (kind: GeneratedKind) => `a generated ${kind} of at least 32 bytes`;
  const made = credentials({ server, live: liveSecrets, fresh });
  const rollout = rolloutDigest({
    configFile: configFile(server),
    secretDigests: secretDigests({ server, seen, credentials: made }),
  });
  return wantedChildren({
    world: { server, secrets: seen, servedKinds: new Set(["ServiceMonitor"]), operatorNamespace: "dittofs-system" },
    credentials: made,
    userCredentials: userCredentials({ server, live: liveSecrets, fresh }),
    rollout,
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
