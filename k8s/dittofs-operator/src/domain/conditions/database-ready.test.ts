import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerStatus, Pod } from "kubernetes-types/core/v1";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { aPass, aReadyPod, aServingWorld } from "../testing/a-world.ts";
import { databaseReady } from "./database-ready.ts";

const server = aServer({
  database: { ...defaultSpec.database, postgresSecretRef: { name: "pg", key: "uri" } },
});

function starting(status: Partial<ContainerStatus>): Pod {
  const waiting = { name: "wait-for-postgres", image: "", imageID: "", ready: false, restartCount: 0, ...status };
  return { ...aReadyPod(), status: { phase: "Pending", initContainerStatuses: [waiting] } };
}

const verdict = (changes: Parameters<typeof aServingWorld>[0]) => {
  const { status, reason, message } = databaseReady(aPass(aServingWorld({ server, ...changes })));
  return `${status} ${reason}: ${message}`;
};
const ended = (exitCode: number, message = "") => ({ terminated: { exitCode, message } });

const rows: readonly (readonly [name: string, changes: Parameters<typeof aServingWorld>[0], says: RegExp])[] = [
  ["SQLite needs nobody", { server: aServer() }, /^True SQLite/],
  ["a server that runs has its database", {}, /^True PostgreSQL/],
  ["a server that runs has it also while the Secret is gone", { secrets: new Map() }, /^True PostgreSQL/],
  ["without its Secret it cannot be asked", { secrets: new Map(), pod: undefined }, /^False CredentialsMissing: .*pg/],
  ["nobody has asked while there is no pod", { pod: undefined }, /^Unknown NotObservedYet/],
  ["nobody has asked while the container is being made", { pod: starting({}) }, /^Unknown NotObservedYet/],
  ["the container has asked", { pod: starting({ state: ended(0) }) }, /^True PostgreSQL/],
  [
    "the container's last words tell why not, also while it tries again",
    { pod: starting({ state: { running: {} }, lastState: ended(1, "The name db is not known.\n") }) },
    /^False Unreachable: The name db is not known\.$/,
  ],
  [
    "and right after it has ended",
    { pod: starting({ state: ended(1, "PostgreSQL refuses user u.") }) },
    /^False Unreachable: PostgreSQL refuses user u\.$/,
  ],
];

for (const [name, changes, says] of rows) test(name, () => assert.match(verdict(changes), says));
