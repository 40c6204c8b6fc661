import assert from "node:assert/strict";
import { after, test } from "node:test";
import { API_VERSION, KIND } from "../src/api/group.ts";
import { dittoServer } from "./acceptance/sample-server.ts";
import { isUpkeep, isWrite } from "./cluster/audited-requests.ts";
import { recorded } from "./end-to-end/recorded.ts";
import { goldenInputs } from "./golden/golden-inputs.ts";
import { inTheLab } from "./sweep/courses.ts";
import { createNamed } from "./sweep/named-objects.ts";
import { enterSweptLab } from "./sweep/swept-lab.ts";

const { namespace } = dittoServer;
const { lab, servers } = await enterSweptLab();
let operator = await lab.startOperator();
after(async () => await operator.stop());

const requestsOf = (name: string): number | undefined => lab.node.double(namespace, name)?.requests.length;

test("an operator that looks at every golden input a second time writes nothing", async (t) => {
  const inputs = goldenInputs().map(({ name, spec }) => ({ name, spec: inTheLab(spec, 0) }));
  await createNamed(lab.cluster, inputs);
  await operator.untilActing();
  await Promise.all(
    inputs.map(async ({ name, spec }) => {
      await lab.cluster.apply({ apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace }, spec });
      assert.ok(await servers.untilUp(name), `${name} does not come up`);
    }),
  );
  await lab.untilQuiet();

  const asked = inputs.map(({ name }) => ({ name, before: requestsOf(name) }));
  const mark = await lab.audit.mark();
  const states = await recorded(lab.cluster, dittoServer);
  after(states.stop);
  await operator.stop();
  operator = await lab.startOperator();
  await operator.untilActing();
  const isAsked = () => asked.every(({ name, before }) => before === undefined || requestsOf(name) !== before);
  assert.ok(await servers.until(isAsked), "a server is not asked a second time");
  await lab.untilQuiet();
  const requests = (await lab.operatorRequests(mark)).filter((request) => !isUpkeep(request));
  t.diagnostic(`${inputs.length} servers, ${asked.filter(({ before }) => before !== undefined).length} of them run`);
  const writes = requests.filter(isWrite);
  const statuses = writes.flatMap(({ name }) => states.states(name)).map(({ status }) => JSON.stringify(status));
  assert.deepEqual(
    writes.map(({ verb, resource, name, status }) => `${verb} ${resource} ${name}: ${status}`),
    [],
    statuses.join("\n"),
  );
});
