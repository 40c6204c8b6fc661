import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { DoubleOptions } from "../../double/start-double.ts";
import type { AuditMark } from "../cluster/audit-log.ts";
import { type AuditedRequest, isUpkeep } from "../cluster/audited-requests.ts";
import { bundled } from "../cluster/bundled.ts";
import { enterLab } from "../cluster/enter-lab.ts";
import { FakeNode, fakeNodeLab } from "../cluster/fake-node/fake-node.ts";
import { hangMs } from "../cluster/hang.ts";
import { installRights, operatorUser } from "../cluster/install-operator.ts";
import type { Lab } from "../cluster/lab.ts";
import { labScripts } from "../cluster/lab-script.ts";
import { operatorImage } from "../cluster/operator-image.ts";
import { type OperatorProcess, startOperator } from "../cluster/operator-process.ts";

type StartOptions = { readonly name?: string; readonly healthPort?: number; readonly args?: readonly string[] };

/** An operator of the bundle. */
export type StartedOperator = OperatorProcess & {
  /** Waits until it has read everything and leads. */
  readonly untilActing: () => Promise<void>;
};

/** A light lab with the operator installed and its pods played here: doubles of the file server. */
export type OperatedLab = Lab & {
  readonly node: FakeNode;
  /** Starts the bundle as its pod would. Two at a time need a name and a port each. */
  readonly startOperator: (options?: StartOptions) => Promise<StartedOperator>;
  /** What the operator asked of the API server between two marks, or until now. */
  readonly operatorRequests: (from: AuditMark, to?: AuditMark) => Promise<readonly AuditedRequest[]>;
  /** Waits until the operator has asked for nothing but upkeep for a while; rejects when that does not come. */
  readonly untilQuiet: () => Promise<void>;
};

const lookMs = 20;
const quietMs = 2000;

/** As `enterLab`: outside of the lab this call never returns. `options` are for all doubles. */
export async function enterOperatedLab(options: Partial<DoubleOptions> = {}): Promise<OperatedLab> {
  const lab = await enterLab("light", fakeNodeLab);
  const folder = join(lab.directory, "operator-bundle");
  const image = operatorImage();
  await Promise.all([installRights(lab.cluster), bundled("operator", folder)]);
  await lab.cluster.applyYaml(readFileSync(join(labScripts, "storage-classes.yaml"), "utf8"));

  const operatorRequests: OperatedLab["operatorRequests"] = async (from, to) => {
    const requests = await lab.audit.requests(from, to ?? (await lab.audit.mark()));
    return requests.filter(({ user }) => user === operatorUser);
  };
  return {
    ...lab,
    node: new FakeNode(lab, { slowFactor: 0.001, ...options }),
    startOperator: async ({ name = "dittofs-operator-0", healthPort = 8081, args = [] } = {}) => {
      const operator = await startOperator(lab, {
        name,
        command: [process.execPath, ...image.nodeFlags, join(folder, "operator.mjs")],
        env: image.environment,
        args: ["--health", `127.0.0.1:${healthPort}`, ...args],
      });
      return { ...operator, untilActing: async () => await untilActing(operator) };
    },
    operatorRequests,
    untilQuiet: async () => {
      const deadlineMs = Date.now() + hangMs;
      for (;;) {
        const mark = await lab.audit.mark();
        await wait(quietMs);
        const unrest = (await operatorRequests(mark)).filter((request) => !isUpkeep(request));
        if (unrest.length === 0) return;
        if (Date.now() > deadlineMs) throw new Error(`the operator does not come to rest: ${JSON.stringify(unrest)}`);
      }
    },
  };
}

async function untilActing({ log }: OperatorProcess): Promise<void> {
  const deadlineMs = Date.now() + hangMs;
  while (!log().includes('"msg":"acting"')) {
    if (Date.now() > deadlineMs) throw new Error(`the operator does not act: ${log()}`);
    await wait(lookMs);
  }
}
