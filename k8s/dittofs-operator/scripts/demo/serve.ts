import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { assertClaim } from "./demo-failure.ts";
import { logInAsAdministrator, serverName, serverStatus } from "./demo-server.ts";
import { followServer } from "./follow-server.ts";
import { sampleManifest } from "./sample-manifest.ts";
import type { Stage } from "./stage.ts";
import type { Story } from "./story.ts";

const samplePath = join(import.meta.dirname, "../../config/samples/minimal.yaml");

export function demoManifest({ image }: Stage): string {
  return sampleManifest(readFileSync(samplePath, "utf8"), image);
}

/** Ten lines become a server that is Ready. */
export async function serveShare(stage: Stage, story: Story): Promise<KubernetesObject> {
  story.step(
    "Ten lines of YAML",
    "This is all that a user writes: how large the volumes are and which share there is. The operator makes the rest, " +
      "and tells by conditions how far it is.",
  );
  story.tell(demoManifest(stage));
  story.tell("");
  return await applyAndFollow(stage, story);
}

export async function applyAndFollow(stage: Stage, story: Story): Promise<KubernetesObject> {
  const sinceMs = performance.now();
  await stage.cluster.applyYaml(demoManifest(stage), stage.namespace);
  story.happened(performance.now() - sinceMs, `kubectl apply: ${serverName} is created`);
  return await followServer(stage, story, { sinceMs, generation: 1 });
}

/** What a user sees of it, and what the file server itself says. */
export async function lookAround(stage: Stage, story: Story, server: KubernetesObject): Promise<void> {
  story.step("Look", "The status says where clients can mount, with commands to paste.");
  story.tell(await stage.kubectl("get", "dittofs", serverName));
  const { endpoints = [], shares = [] } = serverStatus(server);
  story.tell("\nendpoints:");
  for (const { protocol, scope, host, port } of endpoints) {
    story.tell(`  ${protocol.padEnd(4)} ${scope.padEnd(13)}${host}:${port}`);
  }
  story.tell("\nto mount:");
  for (const { mount } of endpoints) if (mount !== undefined) story.tell(`  ${mount}`);

  const rest = await logInAsAdministrator(stage);
  for (const { name, state } of shares) {
    assertClaim(state === "Serving", `the status says that share ${name} is ${state}`);
    const share = (await rest.get(`/api/v1/shares/${encodeURIComponent(name)}`)) as ShareAnswer; // the server's answer
    story.tell(`\nthe file server's REST API about ${name} (logged in with the generated password):`);
    story.tell(`  id ${share.id}, enabled ${share.enabled}, permission ${share.default_permission}`);
    assertClaim(share.name === name && share.enabled, `the server does not export the share ${name}`);
  }
  assertClaim(shares.length > 0, "the status names no share");
  for (const protocol of ["nfs", "smb"]) {
    const isReady = endpoints.some((each) => each.protocol === protocol && each.ready && each.mount !== undefined);
    assertClaim(isReady, `the status has no ready endpoint for ${protocol}`);
  }
  story.proved("the share is served over NFS and SMB, and status and server agree");
}

type ShareAnswer = {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly default_permission: string;
};
