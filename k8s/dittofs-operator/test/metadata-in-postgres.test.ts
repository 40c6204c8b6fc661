import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";
import { notedPass } from "./provisioning/noted-pass.ts";

const up = new Set(["db"]);
const network = {
  resolve: async () => await Promise.resolve(["10.0.0.1"]),
  dial: async (host: string) => await Promise.resolve(up.has(host)),
};
const server = aServer({
  stores: {
    metadata: [
      { name: "team", type: "postgres", postgres: { secretRef: { name: "pg", key: "uri" }, database: "team" } },
      { name: "ram", type: "memory" },
    ],
  },
  shares: [
    { name: "/team", metadataStore: "team" },
    { name: "/ram", metadataStore: "ram" },
  ],
});
const place = { host: "db", port: 5432, database: "team" };

describe("a metadata store in PostgreSQL, over the wire", { timeout: 60_000 }, () => {
  let at: DoubleProvisioning;
  let pods = 0;
  const { uid } = server.metadata;
  const answered = async () => {
    const seen = await notedPass(at, server);
    assert.ok(seen.kind === "answered");
    return seen;
  };
  const failed = (seen: Awaited<ReturnType<typeof answered>>): readonly string[] =>
    seen.outcomes.flatMap(({ result }) => (result.kind === "failed" ? [result.message] : []));
  const startAgain = async (): Promise<void> => {
    await at.fresh.restart();
    pods += 1;
    at.sessions.seeProcess(uid, `pod-${pods}`);
  };
  before(async () => {
    at = await DoubleProvisioning.start({ network });
    at.sessions.seeProcess(uid, "pod-0");
  });
  after(() => at.fresh.end());

  test("waits for its Secret, and holds up its own share only", async () => {
    const seen = await answered();
    assert.match(failed(seen).join(" "), /Metadata store team: The Secret of its database has not been looked at yet/);
    assert.deepEqual(
      seen.shares.map(({ name, isServing }) => [name, isServing]),
      [
        ["/team", false],
        ["/ram", true],
      ],
    );
  });

  test("tells what the server says of a database out of reach, which the server does not keep", async () => {
    at.setStorePassword("team", { ...place, host: "nowhere" }, "first-password");
    assert.match(failed(await answered()).join(" "), /failed to ping PostgreSQL: failed to connect to host=nowhere/);
    await startAgain();
  });

  test("is made with its password, which nobody shows", async () => {
    at.setStorePassword("team", place, "first-password");
    const seen = await answered();
    assert.deepEqual(failed(seen), []);
    assert.deepEqual(seen.appliedMetadataStores, { team: "digest of first-password" });
    assert.equal(seen.outdated, undefined);
    const row = at.fresh.double.state.database.metadataStores.find(({ name }) => name === "team");
    assert.match(row?.config ?? "", /"password":"first-password"/);
    const { requests } = await at.requestsOf(answered);
    assert.deepEqual(writesAmong(requests), []);
  });

  test("a changed password is sent once, keeps everything else, and calls for one start", async () => {
    at.setStorePassword("team", place, "second-password");
    const { result, requests } = await at.requestsOf(answered);
    assert.deepEqual(
      writesAmong(requests).map(({ method, path }) => `${method} ${path}`),
      ["PUT /api/v1/store/metadata/team"],
    );
    assert.match(result.outdated ?? "", /metadata store team/);
    const row = at.fresh.double.state.database.metadataStores.find(({ name }) => name === "team");
    assert.deepEqual(JSON.parse(row?.config ?? ""), {
      ...place,
      user: "dittofs",
      sslmode: "require",
      password: "second-password",
    });
    await startAgain();
    const next = await at.requestsOf(answered);
    assert.equal(next.result.outdated, undefined);
    assert.deepEqual(writesAmong(next.requests), []);
  });

  test("an operator that knows nothing takes the present password for the one that was sent", async () => {
    at.sessions.forget(uid);
    const { result, requests } = await at.requestsOf(answered);
    assert.deepEqual(writesAmong(requests), []);
    assert.deepEqual(result.appliedMetadataStores, { team: "digest of second-password" });
  });

  test("another host is another place, and is refused with the way there", async () => {
    up.add("elsewhere");
    at.setStorePassword("team", { ...place, host: "elsewhere" }, "second-password");
    const { result, requests } = await at.requestsOf(answered);
    assert.deepEqual(writesAmong(requests), []);
    assert.match(
      failed(result).join(" "),
      /is postgres in database team on db:5432 on the server and the spec asks for postgres in database team on elsewhere:5432/,
    );
  });
});
