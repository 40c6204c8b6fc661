import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { firstPlan } from "../scripts/first-plan.ts";
import { serverDocuments } from "../scripts/server-documents.ts";
import { RESERVED_CONTAINERS, RESERVED_PATHS, RESERVED_VOLUMES } from "../src/api/spec/reserved-names.ts";
import { assertNone } from "./assert-none.ts";

/** The pods of all samples and variants, without what their specs add. */
const pods = globSync(["config/samples/*.yaml", "test/golden/variants/*.yaml"]).flatMap((manifest) =>
  serverDocuments(readFileSync(manifest, "utf8")).servers.flatMap((server) => {
    const { volumes: _, volumeMounts: __, initContainers: ___, sidecars: ____, ...pod } = server.spec.pod ?? {};
    const { children } = firstPlan({ ...server, spec: { ...server.spec, pod } });
    return children.flatMap((child) => (child.kind === "StatefulSet" && child.spec !== undefined ? [child.spec] : []));
  }),
);

test("every volume, container and mount of the operator's own is reserved, so that the schema refuses it to others", () => {
  const volumes = new Set<string>(RESERVED_VOLUMES);
  const containers = new Set<string>(RESERVED_CONTAINERS);
  const isReserved = (path: string) => RESERVED_PATHS.some((own) => path === own || path.startsWith(`${own}/`));
  assertNone(
    pods.flatMap(({ template: { spec }, volumeClaimTemplates = [] }) => {
      const own = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
      const names = [
        ...(spec?.volumes ?? []).map(({ name }) => name),
        ...volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ""),
      ];
      return [
        ...names.filter((name) => !volumes.has(name)).map((name) => `RESERVED_VOLUMES lacks ${name}`),
        ...own.filter(({ name }) => !containers.has(name)).map(({ name }) => `RESERVED_CONTAINERS lacks ${name}`),
        ...own
          .flatMap(({ volumeMounts = [] }) => volumeMounts)
          .filter(({ mountPath }) => !isReserved(mountPath))
          .map(({ mountPath }) => `RESERVED_PATHS lacks ${mountPath}`),
      ];
    }),
  );
});
