import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_NAME_LENGTH } from "../api/group.ts";
import * as names from "./names.ts";
import { dataVolumes } from "./volumes/volumes.ts";

const named = (name: string) => ({ metadata: { name } });
const longest = "a".repeat(MAX_NAME_LENGTH);

test("the children of a server are named after it", () => {
  const server = named("files");
  assert.equal(names.statefulSetName(server), "files");
  assert.equal(names.podName(server), "files-0");
  assert.equal(names.claimName(server, "metadata"), "metadata-files-0");
  assert.equal(names.configMapName(server), "files-config");
  assert.equal(names.jwtSecretName(server), "files-jwt-secret");
  assert.equal(names.adminSecretName(server), "files-admin-bootstrap-credentials");
  assert.equal(names.headlessServiceName(server), "files-headless");
  assert.equal(names.apiServiceName(server), "files-api");
  assert.equal(names.adapterServiceName(server, "nfs"), "files-adapter-nfs");
  assert.equal(names.adapterServiceName(server, "smb"), "files-adapter-smb");
  assert.equal(names.baselinePolicyName(server), "files-baseline");
  assert.equal(names.userSecretName(server, "alice"), "files-user-alice");
});

test("a server's name that leaves no room for a Service's suffix is cut and keeps a digest of the whole", () => {
  const cut = names.adapterServiceName(named(longest), "nfs");
  assert.match(cut, /^a+-[0-9a-f]{8}-adapter-nfs$/);
  assert.equal(cut.length, 63);
});

test("two long names that begin alike do not share a Service", () => {
  const other = `${longest.slice(0, -1)}b`;
  assert.notEqual(names.adapterServiceName(named(longest), "nfs"), names.adapterServiceName(named(other), "nfs"));
});

const serverName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/);

test("every Service has a DNS label for a name, whatever the server's name", () => {
  fc.assert(
    fc.property(serverName, (name) => {
      const services = [
        names.headlessServiceName(named(name)),
        names.apiServiceName(named(name)),
        names.adapterServiceName(named(name), "nfs"),
        names.adapterServiceName(named(name), "smb"),
      ];
      for (const service of services) assert.match(service, /^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
      assert.equal(new Set(services).size, services.length);
    }),
  );
});

test("no two servers of a namespace have a claim in common, because no volume's name holds a -", () => {
  const name = fc.stringMatching(/^[a-c]([-a-c0]{0,6}[a-c0])?$/);
  const volume = fc.constantFrom(...dataVolumes.map((each) => each.name));
  fc.assert(
    fc.property(name, name, volume, volume, (one, other, first, second) => {
      const isSame = names.claimName(named(one), first) === names.claimName(named(other), second);
      assert.equal(isSame, one === other && first === second);
    }),
  );
});
