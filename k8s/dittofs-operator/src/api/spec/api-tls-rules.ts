import type { Rule } from "../schema/vocabulary.ts";

const needs = (field: string, needed: string): Rule => ({
  rule: `!has(self.${field}) || has(self.${needed})`,
  message: `${field} needs ${needed}: give both, or leave ${field} out`,
  fieldPath: `.${field}`,
});

/** Rules over the fields of the REST API's TLS. */
export const apiTlsRules: readonly Rule[] = [
  needs("clientCASecretName", "certSecretName"),
  needs("minTLSVersion", "certSecretName"),
  needs("operatorClientCertSecretName", "clientCASecretName"),
];
