import { GROUP, KIND, MAX_NAME_LENGTH, PLURAL, SHORT_NAMES, SINGULAR, VERSION } from "../../src/api/group.ts";
import type { Rule } from "../../src/api/schema/vocabulary.ts";
import { spec } from "../../src/api/spec/spec.ts";
import { status } from "../../src/api/status.ts";
import { structuralSchema } from "./structural-schema.ts";

/** Rules on the name run at creation only: a name never changes, and an object that is there must stay deletable. */
const nameRules: readonly Rule[] = [
  {
    rule: `oldSelf.hasValue() || self.metadata.name.size() <= ${MAX_NAME_LENGTH}`,
    message: `metadata.name must have at most ${MAX_NAME_LENGTH} characters, because the names and labels of the pod are made from it`,
    optionalOldSelf: true,
  },
  {
    rule: `oldSelf.hasValue() || self.metadata.name.matches("^[a-z]([-a-z0-9]*[a-z0-9])?$")`,
    message:
      "metadata.name must start with a letter and have lower-case letters, digits and - only, because Services are named after it",
    optionalOldSelf: true,
  },
];

const serverSchema = {
  description: "A DittoFS file server.",
  type: "object",
  required: ["spec"],
  properties: {
    apiVersion: { description: "Version of the schema of this object.", type: "string" },
    kind: { description: "Kind of this object.", type: "string" },
    metadata: { type: "object" },
    spec: structuralSchema(spec),
    status: structuralSchema(status),
  },
  "x-kubernetes-validations": nameRules,
} as const;

const ready = '.status.conditions[?(@.type=="Ready")]';
const firstHost = (protocol: string) => `.status.endpoints[?(@.protocol=="${protocol}")].host`;

const printerColumns = [
  { name: "Ready", type: "string", jsonPath: `${ready}.status` },
  { name: "Phase", type: "string", jsonPath: ".status.phase" },
  { name: "NFS", type: "string", jsonPath: firstHost("nfs") },
  { name: "SMB", type: "string", jsonPath: firstHost("smb") },
  { name: "Shares", type: "integer", jsonPath: ".status.shareCount" },
  { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
  { name: "Version", type: "string", jsonPath: ".status.version", priority: 1 },
  { name: "Message", type: "string", jsonPath: `${ready}.message`, priority: 1 },
] as const;

/** The CustomResourceDefinition as the API server gets it. */
export const customResourceDefinition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${PLURAL}.${GROUP}` },
  spec: {
    group: GROUP,
    scope: "Namespaced",
    names: {
      kind: KIND,
      listKind: `${KIND}List`,
      plural: PLURAL,
      singular: SINGULAR,
      shortNames: SHORT_NAMES,
      categories: ["storage"],
    },
    versions: [
      {
        name: VERSION,
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: printerColumns,
        schema: { openAPIV3Schema: serverSchema },
      },
    ],
  },
} as const;
