import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { API_VERSION, GROUP, KIND, PLURAL } from "../src/api/group.ts";
import { seededRandom } from "./acceptance/seeded-random.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
import { acceptedCreations } from "./admission/accepted-creations.ts";
import { acceptedEarlierManifests } from "./admission/accepted-earlier-manifests.ts";
import { acceptedExposure } from "./admission/accepted-exposure.ts";
import { acceptedIdentity } from "./admission/accepted-identity.ts";
import { acceptedPods } from "./admission/accepted-pods.ts";
import { admission, manifest } from "./admission/admission.ts";
import { changes } from "./admission/changes.ts";
import { classChanges } from "./admission/class-changes.ts";
import { acceptedDatabases, databaseChanges, wrongDatabases } from "./admission/databases.ts";
import { earlierDefinition } from "./admission/earlier-definition.ts";
import { acceptedPercona, perconaChanges, wrongPercona } from "./admission/percona.ts";
import { refusedChildren } from "./admission/refused-children.ts";
import { wrongCombinations } from "./admission/wrong-combinations.ts";
import { wrongExposure } from "./admission/wrong-exposure.ts";
import { wrongForms } from "./admission/wrong-forms.ts";
import { wrongIdentity } from "./admission/wrong-identity.ts";
import { wrongPeople } from "./admission/wrong-people.ts";
import { wrongPodSettings } from "./admission/wrong-pod-settings.ts";
import { wrongPods } from "./admission/wrong-pods.ts";
import { wrongRemoteStores } from "./admission/wrong-remote-stores.ts";
import { serviceChanges, wrongServices } from "./admission/wrong-services.ts";
import { wrongSettings } from "./admission/wrong-settings.ts";
import { wrongShares } from "./admission/wrong-shares.ts";
import { wrongValues } from "./admission/wrong-values.ts";
import { assertNone } from "./assert-none.ts";
import { enterLab } from "./cluster/enter-lab.ts";
import { refOf } from "./cluster/object-ref.ts";
import { documentedManifests, objectsOf } from "./documented-manifests.ts";
import { kubectl } from "./end-to-end/kubectl.ts";

const { cluster } = await enterLab("light");
const { tryCreation, tryChange } = admission(cluster.connection);

const crd = readFileSync("config/crd/dittofs.dittofs.com_dittoservers.yaml", "utf8");
const kind = { apiVersion: API_VERSION, kind: KIND, namespace: "default" };

test("what an earlier definition let in can still be reported on and deleted, but not be created again", async () => {
  const name = "a".repeat(60);
  const spec = { storage: { metadataSize: "5 gigs" } };
  await cluster.applyYaml(earlierDefinition);
  const old = manifest(spec, name);
  await cluster.create({ ...old, metadata: { ...old.metadata, finalizers: ["example.com/held"] } });
  await cluster.applyYaml(crd);

  await cluster.patch({ ...kind, name }, { status: { phase: "Degraded" } }, "status");
  await cluster.delete({ ...kind, name });
  await cluster.patch({ ...kind, name }, { metadata: { finalizers: null } });
  await cluster.untilGone({ ...kind, name });
  assert.equal((await tryCreation(spec, name)).isTaken, false);
});

test("the definition is taken by one request that creates it, its rules' cost included, as kubectl create sends it", async () => {
  const copy = crd
    .replaceAll(`${PLURAL}.${GROUP}`, `${PLURAL}.copy.example.com`)
    .replace(`group: ${GROUP}`, "group: copy.example.com");
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict";
  const { status, body } = await cluster.connection.send("POST", path, parse(copy));
  assert.equal(status, 201, JSON.stringify(body));
});

for (const { because, spec, says, name } of [
  ...wrongForms,
  ...wrongValues,
  ...wrongPeople,
  ...wrongPods,
  ...wrongPodSettings,
  ...wrongServices,
  ...wrongIdentity,
  ...wrongSettings,
  ...wrongExposure,
  ...wrongDatabases,
  ...wrongPercona,
  ...wrongRemoteStores,
  ...wrongShares,
  ...wrongCombinations,
]) {
  test(`refuses ${because}`, async () => {
    const verdict = await tryCreation(spec, name);
    assert.ok(!verdict.isTaken, "it was taken");
    assertSays(verdict.message, says);
  });
}

for (const { because, spec, name } of [
  ...acceptedCreations,
  ...acceptedEarlierManifests,
  ...acceptedExposure,
  ...acceptedDatabases,
  ...acceptedPercona,
  ...acceptedPods,
  ...acceptedIdentity,
]) {
  test(`takes ${because}, with the defaults that the types promise`, async () => {
    const verdict = await tryCreation(spec, name);
    assert.ok(verdict.isTaken, verdict.isTaken ? "" : verdict.message);
    assert.deepEqual(verdict.spec, dittoServerSchema.parse(manifest(spec, name)).spec);
  });
}

for (const [at, { because, before, after, says }] of [
  ...changes,
  ...classChanges,
  ...databaseChanges,
  ...perconaChanges,
  ...serviceChanges,
].entries()) {
  test(`${says === undefined ? "takes the change" : "refuses the change"}: ${because}`, async () => {
    const verdict = await tryChange(`change-${at}`, before, after);
    assert.equal(verdict.isTaken, says === undefined, verdict.isTaken ? "it was taken" : verdict.message);
    if (!verdict.isTaken) assertSays(verdict.message, says ?? []);
  });
}

for (const document of documentedManifests()) {
  test(`takes ${document.where}, with the defaults that the types promise`, async () => {
    const applied = await cluster.applyYaml(document.yaml, "default");
    for (const stored of applied.filter((object) => object.kind === KIND)) {
      const written = objectsOf(document).map((object) => dittoServerSchema.safeParse(object).data);
      const server = written.find((object) => object?.metadata.name === stored.metadata.name);
      assert.deepEqual(stored["spec"], server?.spec);
      await cluster.delete(refOf(stored));
    }
  });
}

test("kubectl explains a field with its sentence, its type and what it can be", async () => {
  await cluster.applyYaml(crd);
  const explained = await kubectl("explain", "dittofs.spec.nfs.allowedClients");
  assert.match(explained, /FIELD: allowedClients <\[\]string>/);
  assert.match(explained, /Clients that are let in, for the whole server: by the\s+NetworkPolicy/);
  for (const field of ["enabled\t<boolean>", "port\t<integer>", "service\t<Object>", "tls\t<Object>"])
    assert.ok((await kubectl("explain", "dittofs.spec.nfs")).includes(field), field);
});

test("every object that is made of an accepted spec is accepted too, but for what only another cluster would take", async (t) => {
  await cluster.applyYaml(serviceMonitorDefinition);
  const seed = Number(process.env["SEED"] ?? 1);
  const rounds = Number(process.env["ROUNDS"] ?? 4);
  const { taken, refused } = await refusedChildren({
    connection: cluster.connection,
    rounds,
    random: seededRandom(seed),
  });
  t.diagnostic(`SEED=${seed}: the objects of ${taken} random specs tried`);
  assertNone(refused);
});

function assertSays(message: string, parts: readonly string[]): void {
  for (const part of parts) assert.ok(message.includes(part), `it does not say ${part}: ${message}`);
}
