import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DittoServer } from "../src/api/ditto-server.ts";
import { selectorLabels } from "../src/domain/labels.ts";
import { plannedChildren } from "../src/domain/testing/planned-children.ts";
import type { WantedChild } from "../src/domain/wanted-child.ts";
import { anyServer } from "./any-server.ts";

type Of<Kind extends WantedChild["kind"]> = Extract<WantedChild, { kind: Kind }>;

function ofKind<Kind extends WantedChild["kind"]>(children: readonly WantedChild[], kind: Kind): readonly Of<Kind>[] {
  return children.filter((child): child is Of<Kind> => child.kind === kind);
}

function podTemplate(children: readonly WantedChild[]) {
  const [statefulSet] = ofKind(children, "StatefulSet");
  const template = statefulSet?.spec?.template;
  const [container] = template?.spec?.containers ?? [];
  assert.ok(template !== undefined && container !== undefined, "no pod is planned");
  return { template, container, claims: statefulSet?.spec?.volumeClaimTemplates ?? [] };
}

function forAnyServer(check: (children: readonly WantedChild[], server: DittoServer) => void): void {
  fc.assert(fc.property(anyServer, (server) => check(plannedChildren(server), server)));
}

/** Path of everything undefined, null or empty within a value; only an emptyDir is meant to be empty. */
function holes(value: unknown, path: string): readonly string[] {
  if (value === undefined || value === null) return [path];
  if (typeof value !== "object") return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return path.endsWith(".emptyDir") ? [] : [path];
  return entries.flatMap(([key, child]) => holes(child, `${path}.${key}`));
}

test("no child has a hole: nothing undefined, no empty list or map that the API server would drop", () => {
  forAnyServer((children) => {
    assert.deepEqual(
      children.flatMap((child) => holes(child, child.kind)),
      [],
    );
  });
});

test("the same server always gives the same children, in the same words", () => {
  forAnyServer((children, server) => {
    assert.equal(JSON.stringify(plannedChildren(server)), JSON.stringify(children));
  });
});

test("a child is in the server's namespace, under a DNS label that no other child of its kind has", () => {
  forAnyServer((children, server) => {
    for (const { kind, metadata } of children) {
      assert.equal(metadata.namespace, server.metadata.namespace);
      assert.match(metadata.name, /^[a-z]([-a-z0-9]*[a-z0-9])?$/);
      if (kind === "Service") assert.ok(metadata.name.length <= 63, metadata.name);
    }
    const names = children.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    assert.equal(new Set(names).size, names.length);
  });
});

test("every Service targets a port that the container declares by that name", () => {
  forAnyServer((children) => {
    const declared = new Set(podTemplate(children).container.ports?.map(({ name }) => name));
    for (const { spec } of ofKind(children, "Service")) {
      for (const { targetPort } of spec?.ports ?? []) assert.ok(declared.has(String(targetPort)), String(targetPort));
    }
  });
});

test("a container declares no port and no name twice", () => {
  forAnyServer((children) => {
    const ports = podTemplate(children).container.ports ?? [];
    assert.equal(new Set(ports.map(({ containerPort }) => containerPort)).size, ports.length);
    assert.equal(new Set(ports.map(({ name }) => name)).size, ports.length);
  });
});

test("a NetworkPolicy lets exactly the ports be reached to which Services lead", () => {
  forAnyServer((children) => {
    const numberOf = new Map(
      podTemplate(children).container.ports?.map(({ name = "", containerPort }) => [name, containerPort]),
    );
    const targets = ofKind(children, "Service").flatMap(({ spec }) => spec?.ports ?? []);
    const led = new Set(targets.map(({ targetPort }) => numberOf.get(String(targetPort))));
    for (const { spec } of ofKind(children, "NetworkPolicy")) {
      const open = new Set((spec?.ingress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port)));
      assert.deepEqual(open, led);
    }
  });
});

test("whatever selects the pod selects it by labels that its template has", () => {
  forAnyServer((children, server) => {
    const labels = podTemplate(children).template.metadata?.labels ?? {};
    const selectors = [
      ...ofKind(children, "Service").map(({ spec }) => spec?.selector),
      ...ofKind(children, "NetworkPolicy").map(({ spec }) => spec?.podSelector.matchLabels),
      ...ofKind(children, "StatefulSet").map(({ spec }) => spec?.selector.matchLabels),
    ];
    for (const selector of selectors) {
      assert.deepEqual(selector, selectorLabels(server));
      for (const [name, value] of Object.entries(selector ?? {})) assert.equal(labels[name], value);
    }
  });
});

test("every mount has its volume or its claim, and every volume and claim its mount", () => {
  forAnyServer((children) => {
    const { template, container, claims } = podTemplate(children);
    const volumes = [
      ...(template.spec?.volumes ?? []).map(({ name }) => name),
      ...claims.map(({ metadata }) => metadata?.name),
    ];
    const mounts = (container.volumeMounts ?? []).map(({ name }) => name);
    assert.equal(volumes.length, mounts.length);
    assert.deepEqual(new Set(volumes), new Set(mounts));
  });
});

test("only under deletionPolicy Retain, and only credentials, have no owner", () => {
  forAnyServer((children, { spec, metadata }) => {
    for (const child of children) {
      const owners = child.metadata.ownerReferences?.map(({ uid }) => uid) ?? [];
      const isKept = child.kind === "Secret" && spec.deletionPolicy === "Retain";
      assert.deepEqual(owners, isKept ? [] : [metadata.uid], `${child.kind}/${child.metadata.name}`);
    }
  });
});
