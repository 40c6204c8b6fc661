/** The kind of Percona's operator for PostgreSQL, with as much of its schema as the operator's objects use. */
export const perconaDefinition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: perconapgclusters.pgv2.percona.com}
spec:
  group: pgv2.percona.com
  scope: Namespaced
  names: {kind: PerconaPGCluster, listKind: PerconaPGClusterList, plural: perconapgclusters, singular: perconapgcluster, shortNames: [pg]}
  versions:
  - name: v2
    served: true
    storage: true
    subresources: {status: {}}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [postgresVersion, instances, backups]
            properties:
              crVersion: {type: string}
              image: {type: string}
              postgresVersion: {type: integer, minimum: 12, maximum: 18}
              users:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
                items:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'}
                    databases: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                    password: {type: object, properties: {type: {type: string, enum: [ASCII, AlphaNumeric], default: ASCII}}}
              instances:
                type: array
                minItems: 1
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [name]
                items:
                  type: object
                  required: [name, dataVolumeClaimSpec]
                  properties:
                    name: {type: string}
                    replicas: {type: integer, default: 1}
                    dataVolumeClaimSpec: {type: object, x-kubernetes-preserve-unknown-fields: true}
              proxy: {type: object, x-kubernetes-preserve-unknown-fields: true}
              backups: {type: object, x-kubernetes-preserve-unknown-fields: true}
          status:
            type: object
            properties:
              state: {type: string}
`;
