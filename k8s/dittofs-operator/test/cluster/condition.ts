import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";

type Condition = {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
};

/** The condition of that type as the object's status has it. */
export function condition(object: KubernetesObject, type: string): Condition | undefined {
  const status = object["status"] as { conditions?: readonly Condition[] } | undefined; // the shape of every kind's status
  return status?.conditions?.find((each) => each.type === type);
}
