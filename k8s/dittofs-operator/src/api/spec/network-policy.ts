import { atomicList, bool, object, oneOf, text } from "../schema/vocabulary.ts";
import { cidr } from "./addresses.ts";
import { labelKey, labels } from "./labels.ts";

const labelCondition = object(
  "A condition.",
  {
    key: labelKey("Name of the label."),
    operator: oneOf("How the label is compared.", ["In", "NotIn", "Exists", "DoesNotExist"]),
    // Their form would cost most of what the API server grants all rules together.
    values: atomicList("Values to compare with, for In and NotIn.", text("A value.", { maxLength: 63 }), {
      maxItems: 32,
    }).exactOptional(),
  },
  {
    rules: [
      {
        rule: '(self.operator in ["In", "NotIn"]) == (has(self.values) && self.values.size() > 0)',
        message: "values are for the operators In and NotIn, which need one at least",
        fieldPath: ".values",
      },
    ],
  },
);

const labelSelector = (what: string) =>
  object(`Which ${what}; {} means all.`, {
    matchLabels: labels("Labels that they must have."),
    matchExpressions: atomicList("Conditions that their labels must meet.", labelCondition, {
      maxItems: 16,
    }).exactOptional(),
  }).exactOptional();

const peer = object(
  "Who is let in: a range of addresses, or pods.",
  {
    ipBlock: object("A range of addresses outside the cluster.", {
      cidr,
      except: atomicList("Ranges within it that are not let in.", cidr, { maxItems: 32 }).exactOptional(),
    }).exactOptional(),
    namespaceSelector: labelSelector("namespaces; left out, that of the server"),
    podSelector: labelSelector("pods; left out, all of the namespaces"),
  },
  {
    rules: [
      {
        rule: "has(self.ipBlock) != (has(self.podSelector) || has(self.namespaceSelector))",
        message: "must have either ipBlock, or podSelector and namespaceSelector, or one of these two",
      },
    ],
  },
);

const peers = (description: string) =>
  atomicList(`${description} Left out or empty, everybody is.`, peer, { maxItems: 32 }).exactOptional();

/** Who may reach the pod. */
export const networkPolicy = object("The NetworkPolicy NAME-baseline. The operator itself is let in always.", {
  enabled: bool("True lets only the server's own ports be reached, by those who are let in below.").default(true),
  from: peers("Who is let in to NFS and SMB, besides nfs.allowedClients and smb.allowedClients."),
  apiFrom: peers("Who is let in to the REST API."),
  metricsFrom: peers("Who is let in to the metrics."),
}).prefault({});
