import { GROUP, KIND, PLURAL, SINGULAR, VERSION } from "../../src/api/group.ts";

/** A definition of the kind that takes everything, as an earlier one may have taken what today's does not. */
export const earlierDefinition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${PLURAL}.${GROUP}}
spec:
  group: ${GROUP}
  scope: Namespaced
  names: {plural: ${PLURAL}, singular: ${SINGULAR}, kind: ${KIND}}
  versions:
  - name: ${VERSION}
    served: true
    storage: true
    subresources: {status: {}}
    schema:
      openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
`;
