import { bool, object, objectName, text } from "../schema/vocabulary.ts";
import { annotations } from "./labels.ts";

/** The way to the REST API through an Ingress controller. */
export const ingress = object(
  "The Ingress of the REST API, NAME-api.",
  {
    enabled: bool("True makes the Ingress. False, or leaving it out, removes it.").default(false),
    className: objectName(
      "IngressClass that serves it. Left out, the cluster's default class does, if there is one.",
    ).exactOptional(),
    host: text("Host name under which the API is reached. Left out, every name that leads to the controller.", {
      minLength: 1,
      maxLength: 253,
      form: {
        pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        message: "must be a host name in lower case, such as files.example.com",
      },
      rules: [{ rule: "!isIP(self)", message: "must be a name and no address: leave host out, or name one" }],
    }).exactOptional(),
    path: text(
      "Path under which the API is reached. Another one than / works only where annotations make the controller strip it, because the server knows no other root.",
      {
        minLength: 1,
        maxLength: 1024,
        form: {
          pattern: "^/([-a-zA-Z0-9._~!$&'()*+,;=:@]+/?)*$",
          message: "must be a path such as / or /files",
        },
        rules: [
          {
            rule: String.raw`!self.matches("/[.][.]?(/|$)")`,
            message: "must not contain . or .. as a part: write the path out",
          },
        ],
      },
    ).default("/"),
    tlsSecretName: objectName(
      "Secret with the certificate for host, of the type kubernetes.io/tls. Left out, the Ingress asks for no TLS.",
    ).exactOptional(),
    annotations: annotations(
      "Annotations of the Ingress, for its controller. An annotation that is removed here is removed there.",
    ),
  },
  {
    rules: [
      {
        rule: '!has(self.className) || !has(self.annotations) || !("kubernetes.io/ingress.class" in self.annotations)',
        message: "className and the annotation kubernetes.io/ingress.class exclude each other: remove the annotation",
        fieldPath: ".annotations",
      },
    ],
  },
);
