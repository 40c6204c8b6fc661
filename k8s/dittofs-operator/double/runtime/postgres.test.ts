import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDouble } from "../fresh-double.ts";
import { StartError } from "../start-double.ts";
import type { Network } from "./network.ts";

const up = new Set(["db"]);
const network: Network = {
  resolve: async () => await Promise.resolve(["10.0.0.1"]),
  dial: async (host) => await Promise.resolve(up.has(host)),
};
const place = { host: "db", port: 5432, database: "files", user: "dittofs" };
const store = (host: string, more: object = {}) => ({
  name: "m",
  type: "postgres",
  config: JSON.stringify({ host, database: "meta", user: "u", password: "p", ...more }),
});
const config = { database: { type: "postgres", postgres: place } };

test("a control plane in PostgreSQL is found again by the next process, and one that is out of reach ends the start", async (t) => {
  const fresh = await freshDouble({ config, network, databaseFolder: "/tmp" });
  t.after(() => fresh.end());
  await fresh.restart({ databaseFolder: fresh.folder });
  await fresh.call("POST", "/api/v1/groups", { name: "staff" });
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/groups/staff")).status, 200);
  up.delete("db");
  t.after(() => up.add("db"));
  await assert.rejects(
    fresh.restart(),
    (error) => error instanceof StartError && /control plane store/.test(error.message),
  );
});

test("a metadata store in PostgreSQL is opened when it is made and at every start", async (t) => {
  up.add("meta-db");
  const fresh = await freshDouble({ network });
  t.after(() => fresh.end());
  const create = async (body: object) => (await fresh.call("POST", "/api/v1/store/metadata", body)).status;
  assert.equal(await create(store("nowhere")), 400);
  assert.equal(await create(store("meta-db", { max_conns: 2 })), 400, "fewer connections than it keeps");
  assert.equal(await create(store("meta-db", { password: "" })), 400, "no password");
  assert.equal(await create(store("meta-db")), 201);
  assert.equal(await create(store("meta-db")), 409, "opened, and then found to be there");
  const shown = await fresh.call("GET", "/api/v1/store/metadata/m");
  assert.partialDeepStrictEqual(shown.body, { config: { host: "meta-db", password: "********" } });
  await fresh.restart();
  up.delete("meta-db");
  await assert.rejects(fresh.restart(), /failed to create metadata store "m"/);
});
