import { map, object, oneOf, type Rule, text } from "../schema/vocabulary.ts";

const serviceTypes = ["ClusterIP", "NodePort", "LoadBalancer"] as const;

const annotationKeys: Rule = {
  rule: 'self.all(key, key.size() <= 253 && key.matches("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$"))',
  message: "every key must be an annotation name, such as example.com/pool",
};

const annotations = (description: string) =>
  map(description, text("Value of the annotation.", { maxLength: 4096 }), {
    maxProperties: 64,
    rules: [annotationKeys],
  }).exactOptional();

/** The Service of one file protocol. */
export const fileService = (protocol: "nfs" | "smb") =>
  object(`The Service that ${protocol.toUpperCase()} clients use, NAME-adapter-${protocol}.`, {
    type: oneOf(
      "Type of the Service. Left out, adapterServices.type applies, and without that LoadBalancer.",
      serviceTypes,
    ).exactOptional(),
    annotations: annotations(
      "Annotations of the Service, over those of adapterServices. An annotation that is removed here is removed there.",
    ),
  }).exactOptional();

/** The Service of the REST API. */
export const service = object("The Service of the REST API, NAME-api.", {
  type: oneOf("Type of the Service.", serviceTypes).default("ClusterIP"),
  annotations: annotations("Annotations of the Service. An annotation that is removed here is removed there."),
}).prefault({});

/** Defaults of both file protocols' Services. */
export const adapterServices = object("What nfs.service and smb.service use where they say nothing.", {
  type: oneOf(
    "Type of the Services whose own type is left out. Left out here too, it is LoadBalancer.",
    serviceTypes,
  ).exactOptional(),
  annotations: annotations("Annotations of both Services."),
}).exactOptional();
