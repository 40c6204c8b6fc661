import type { FieldChange } from "./field-changes.ts";

/** Changes that one server goes through, one after the other, each from the same spec. */
export type Course = { readonly name: string; readonly spec: unknown; readonly changes: readonly FieldChange[] };

const longestCourse = 5;

/** So many servers side by side keep the machine busy while each waits. */
export const coursesAtOnce = 14;

/** The changes, spread over servers: what one golden input goes through is done by several copies of it. */
export function courses(changes: readonly FieldChange[]): readonly Course[] {
  const byInput = Map.groupBy(changes, ({ input }) => input);
  return [...byInput].flatMap(([{ name, spec }, all]) =>
    parts(all).map((part, at) => ({
      name: at === 0 ? name : `${name}-${at}`,
      spec: inTheLab(spec, at),
      changes: part.map((change) => ({ ...change, after: inTheLab(change.after, at) })),
    })),
  );
}

/** After a change without a way back nothing else can be tried on the server. */
function parts(changes: readonly FieldChange[]): readonly (readonly FieldChange[])[] {
  const final = changes.filter(({ way }) => way === "final").map((change) => [change]);
  const others = changes.filter(({ way }) => way === "returns");
  const count = Math.ceil(others.length / longestCourse);
  const returning = Array.from({ length: count }, (_, at) =>
    others.slice(at * longestCourse, (at + 1) * longestCourse),
  );
  return [...returning, ...final];
}

/** No two servers share a database or bucket, so that copies name others. And waiting for a load balancer must not end in the middle. */
export function inTheLab(spec: unknown, at: number): unknown {
  const patient = { loadBalancer: { fallbackAfterSeconds: 86_400 }, ...(spec as object) }; // of a golden input
  if (at === 0) return patient;
  const text = JSON.stringify(patient)
    .replaceAll(/"(host|bucket|database)":"/g, `"$1":"copy${at}.`)
    .replaceAll(/"(clusterName|postgresSecretRef":\{"name)":"/g, `"$1":"copy${at}-`);
  return JSON.parse(text) as unknown; // what was just written
}

/**
 * A port of all nodes can be had by one Service only; those named by golden inputs leave room for as many as there are at once, in the range
 * from which Kubernetes gives none out by itself.
 */
export function inSlot({ name, spec, changes }: Course, slot: number): Course {
  const moved = (each: unknown): unknown =>
    JSON.parse(JSON.stringify(each).replaceAll(/"nodePort":(\d+)/g, (_, port) => `"nodePort":${Number(port) + slot}`));
  return { name, spec: moved(spec), changes: changes.map((change) => ({ ...change, after: moved(change.after) })) };
}
