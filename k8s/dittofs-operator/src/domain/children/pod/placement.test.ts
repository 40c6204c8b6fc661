import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../testing/a-server.ts";
import { plannedStatefulSet } from "../../testing/planned-children.ts";
import { placement } from "./placement.ts";
import { probes } from "./probes.ts";

test("what is left out is left to Kubernetes", () => {
  assert.deepEqual(placement(aServer()), {});
  assert.deepEqual(
    placement(aServer({ pod: { nodeSelector: {}, tolerations: [], hostAliases: [] } })),
    {},
    "empty is left out too",
  );
});

test("the pod keeps the labels by which it is found, whatever the spec says", () => {
  const { metadata } =
    plannedStatefulSet(aServer({ pod: { labels: { app: "mine", team: "storage" } } })).spec?.template ?? {};
  assert.equal(metadata?.labels?.["app"], "dittofs-server");
  assert.equal(metadata?.labels?.["team"], "storage");
});

test("a probe's times are the spec's field by field, and the rest stays", () => {
  const { startupProbe, livenessProbe } = probes(aServer({ probes: { startup: { failureThreshold: 900 } } }));
  assert.deepEqual(startupProbe, {
    httpGet: { path: "/health", port: "api" },
    periodSeconds: 1,
    failureThreshold: 900,
  });
  assert.equal(livenessProbe.periodSeconds, 10);
});

test("variables of the user's stand after those that the server needs", () => {
  const [container] =
    plannedStatefulSet(
      aServer({
        pod: {
          env: [
            { name: "TZ", value: "UTC" },
            { name: "EMPTY", value: "" },
          ],
        },
      }),
    ).spec?.template.spec?.containers ?? [];
  assert.deepEqual(container?.env?.slice(-2), [{ name: "TZ", value: "UTC" }, { name: "EMPTY" }]);
});
