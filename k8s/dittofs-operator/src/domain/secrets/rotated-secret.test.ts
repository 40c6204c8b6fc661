import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secret } from "kubernetes-types/core/v1";
import { ROTATED_ANNOTATION } from "../../api/group.ts";
import { aServer } from "../testing/a-server.ts";
import { base64, generatedAdminSecret, generatedJwtSecret } from "./generated-secrets.ts";
import { type Rotation, rotatedSecret } from "./rotated-secret.ts";

const admin = generatedAdminSecret(aServer());
const jwt = generatedJwtSecret(aServer());
const fresh = (kind: string) => `a fresh ${kind} of at least 32 characters`;
const rotation = (asked?: string, taken: readonly string[] = []): Rotation => ({ asked, taken: new Set(taken) });
const secret = (data: Readonly<Record<string, string>>, done?: string): Secret => ({
  metadata: { name: admin.name, ...(done !== undefined && { annotations: { [ROTATED_ANNOTATION]: done } }) },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
});

type Row = {
  readonly name: string;
  readonly live: Secret | undefined;
  readonly rotation: Rotation;
  readonly after: Readonly<Record<string, string>>;
  readonly done: string | undefined;
};
const [old, next] = ["old-password", "next-password-value"];
const rows: readonly Row[] = [
  {
    name: "without a wish nothing is drawn",
    live: secret({ password: old }),
    rotation: rotation(),
    after: { password: old },
    done: undefined,
  },
  {
    name: "a new wish puts the next value beside the one in use",
    live: secret({ password: old }, "1"),
    rotation: rotation("2"),
    after: { password: old, "next-password": fresh("password") },
    done: "1",
  },
  {
    name: "both stay until the server is known to have the next",
    live: secret({ password: old, "next-password": next }, "1"),
    rotation: rotation("2"),
    after: { password: old, "next-password": next },
    done: "1",
  },
  {
    name: "the next value takes the place of the old, and the wish is done",
    live: secret({ password: old, "next-password": next }, "1"),
    rotation: rotation("2", [admin.name]),
    after: { password: next },
    done: "2",
  },
  {
    name: "a wish that was carried out acts once, also for a server that is created again",
    live: secret({ password: next }, "2"),
    rotation: rotation("2", [admin.name]),
    after: { password: next },
    done: "2",
  },
  {
    name: "what was begun is ended although the annotation was taken off meanwhile",
    live: secret({ password: old, "next-password": next }, "1"),
    rotation: rotation(undefined, [admin.name]),
    after: { password: next },
    done: "1",
  },
  {
    name: "a Secret that is new needs no other value",
    live: undefined,
    rotation: rotation("2"),
    after: { password: fresh("password") },
    done: "2",
  },
];

for (const row of rows) {
  test(row.name, () => {
    const { data, annotations } = rotatedSecret(admin, row.live, { fresh, rotation: row.rotation });
    const { username: _, ...values } = data;
    assert.deepEqual(values, Object.fromEntries(Object.entries(row.after).map(([key, value]) => [key, base64(value)])));
    assert.equal(annotations[ROTATED_ANNOTATION], row.done);
  });
}

test("what signs tokens is renewed at once and once, because the process reads it at its start", () => {
  const live = { data: { "jwt-secret": base64("x".repeat(40)) }, metadata: {} };
  const first = rotatedSecret(jwt, live, { fresh, rotation: rotation("2") });
  assert.deepEqual(first.data, { "jwt-secret": base64(fresh("jwt")) });
  const again = rotatedSecret(
    jwt,
    { data: { ...first.data }, metadata: { annotations: { ...first.annotations } } },
    { fresh: () => assert.fail("drew a value"), rotation: rotation("2") },
  );
  assert.deepEqual(again.data, first.data);
});

/** A server, its Secret, and an operator that may die after every effect. */
class Rotating {
  server = old;
  live = secret({ password: old });
  known: string | undefined = old;
  drawn = 0;

  readonly steps = {
    kubernetesPass: () => {
      const value = this.live.data?.["next-password"];
      const isTaken = value !== undefined && this.known !== undefined && value === base64(this.known);
      const renewed = rotatedSecret(admin, this.live, {
        fresh: () => `a password that is drawn as number ${(this.drawn += 1)}`,
        rotation: rotation("1", isTaken ? [admin.name] : []),
      });
      this.live = { data: { ...renewed.data }, metadata: { annotations: { ...renewed.annotations } } };
    },
    dittoFsPass: () => {
      const [first, second] = this.#passwords();
      if (this.server !== first && this.server === second) this.server = first ?? "";
      if (this.server === first) this.known = first;
    },
    diesAfterTheServerWasTold: () => {
      const [first, second] = this.#passwords();
      if (this.server === second) this.server = first ?? "";
      this.known = undefined;
    },
    diesBefore: () => {
      this.known = undefined;
    },
  };

  /** The one that the server should have, and the one that it may have still. */
  #passwords(): readonly (string | undefined)[] {
    const { "next-password": after, password } = this.live.data ?? {};
    const text = (value: string | undefined) =>
      value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
    return after === undefined ? [text(password)] : [text(after), text(password)];
  }

  isLockedOut(): boolean {
    return !this.#passwords().includes(this.server);
  }
}

test("killed at any moment, in any order, the operator is never locked out, and ends with one new password", () => {
  const names = ["kubernetesPass", "dittoFsPass", "diesAfterTheServerWasTold", "diesBefore"] as const;
  const length = 6;
  for (let run = 0; run < names.length ** length; run += 1) {
    const rotating = new Rotating();
    const order = Array.from({ length }, (_, at) => names[Math.floor(run / names.length ** at) % names.length]);
    const ending = ["kubernetesPass", "dittoFsPass", "kubernetesPass", "dittoFsPass"] as const;
    for (const step of [...order, ...ending]) {
      if (step !== undefined) rotating.steps[step]();
      assert.ok(!rotating.isLockedOut(), `locked out: ${order.join(", ")}`);
    }
    assert.deepEqual(Object.keys(rotating.live.data ?? {}).toSorted(), ["password", "username"], order.join(", "));
    assert.equal(rotating.server, "a password that is drawn as number 1", order.join(", "));
    assert.equal(rotating.drawn, 1);
  }
});
