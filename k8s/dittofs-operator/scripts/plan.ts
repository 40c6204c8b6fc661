import { readFileSync } from "node:fs";
import { childYaml } from "./child-yaml.ts";
import { firstPlan } from "./first-plan.ts";
import { serverDocuments } from "./server-documents.ts";

/** `make plan FILE=...`: every object that the DittoServers of a manifest would get, as YAML, without a cluster. */
function printPlan(file: string): void {
  const { servers, problems } = serverDocuments(readFileSync(file, "utf8"));
  for (const { line, field, message } of problems) {
    console.error(`${file}:${line}: ${field === "" ? "" : `${field}: `}${message}`);
  }
  if (problems.length > 0) throw new Error(`${file} is not a manifest that an API server would take`);
  if (servers.length === 0) throw new Error(`${file} holds no DittoServer`);
  for (const server of servers) {
    console.log(`# What DittoServer ${server.metadata.namespace}/${server.metadata.name} would get`);
    for (const child of firstPlan(server).children) console.log(`---\n${childYaml(child).trimEnd()}`);
  }
}

const [file, ...others] = process.argv.slice(2);
if (file === undefined || others.length > 0) {
  console.error("Usage: make plan FILE=config/samples/minimal.yaml");
  process.exitCode = 2;
} else {
  try {
    printPlan(file);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
