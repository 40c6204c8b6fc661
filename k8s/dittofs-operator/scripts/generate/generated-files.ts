import { Document } from "yaml";
import { GROUP, PLURAL } from "../../src/api/group.ts";
import { customResourceDefinition } from "./crd.ts";
import { bindings, namespacedRoles, roleDocument, roles, serviceAccount } from "./rbac.ts";
import { reference } from "./reference.ts";

/** A file that the sources determine; its path is relative to the operator's folder. */
export type GeneratedFile = { readonly path: string; readonly content: string };

const COMMAND = "node scripts/generate.ts";

/** Every generated file of the repository. */
export function generatedFiles(): readonly GeneratedFile[] {
  const permissions = "src/controller/resources.ts";
  const account = "scripts/generate/rbac.ts";
  const alone = "config/single-namespace";
  return [
    yamlFile(`config/crd/${GROUP}_${PLURAL}.yaml`, "src/api", [
      new Document(customResourceDefinition, { aliasDuplicateObjects: false }),
    ]),
    yamlFile("config/rbac/role.yaml", permissions, roles().map(roleDocument)),
    yamlFile("config/rbac/role_binding.yaml", permissions, bindings().map(plainDocument)),
    yamlFile("config/rbac/service_account.yaml", account, [new Document(serviceAccount)]),
    yamlFile(`${alone}/role.yaml`, permissions, namespacedRoles().map(roleDocument)),
    yamlFile(`${alone}/role_binding.yaml`, permissions, bindings(namespacedRoles()).map(plainDocument)),
    yamlFile(`${alone}/service_account.yaml`, account, [new Document(serviceAccount)]),
    {
      path: "docs/reference.md",
      content: `<!-- Made from src/api by \`${COMMAND}\`; change it there. -->\n${reference()}`,
    },
  ];
}

function plainDocument(object: object): Document {
  return new Document(object, { aliasDuplicateObjects: false });
}

function yamlFile(path: string, source: string, documents: readonly Document[]): GeneratedFile {
  const body = documents.map((document) => document.toString({ lineWidth: 0 })).join("---\n");
  return { path, content: `# Made from ${source} by \`${COMMAND}\`; change it there.\n${body}` };
}
