import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { serverDocuments } from "../server-documents.ts";
import { sampleManifest } from "./sample-manifest.ts";

const sample = readFileSync("config/samples/minimal.yaml", "utf8");

test("only the image differs from the sample in the repository, and the result fits the schema", () => {
  const manifest = sampleManifest(sample, "localhost/double:1");
  assert.equal(manifest.replace("  image: localhost/double:1\n", ""), sample.trimEnd());
  const { servers, problems } = serverDocuments(manifest);
  assert.deepEqual(problems, []);
  assert.equal(servers[0]?.spec.image, "localhost/double:1");
});

test("without an image the sample is applied as it stands, in ten lines at most", () => {
  assert.equal(sampleManifest(sample, undefined), sample.trimEnd());
  assert.ok(sampleManifest(sample, "a/b:c").split("\n").length <= 10);
});

test("a sample into which no image fits is no silent success", () => {
  assert.throws(() => sampleManifest("spec: {}\n", "a/b:c"), /no line `spec:`/);
});
