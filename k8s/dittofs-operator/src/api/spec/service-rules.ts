import type { Rule } from "../schema/vocabulary.ts";

type Spec = "self" | "oldSelf";
const has = (spec: Spec, service: string, field: string): string =>
  service === "service"
    ? `has(${spec}.service.${field})`
    : `(has(${spec}.${service}) && has(${spec}.${service}.${field}))`;

/** The type that a protocol's Service has when its own is left out, too. */
const isLoadBalancer = (spec: Spec, service: string): string =>
  service === "service"
    ? `${spec}.service.type == "LoadBalancer"`
    : `(${has(spec, service, "type")} ? ${spec}.${service}.type : has(${spec}.adapterServices) && has(${spec}.adapterServices.type) ? ${spec}.adapterServices.type : "LoadBalancer") == "LoadBalancer"`;

/** A Service that goes and comes again is a new one. */
const exists = (service: string): string =>
  service === "service"
    ? "true"
    : ["self", "oldSelf"].map((spec) => `${spec}.${service.replace("service", "enabled")}`).join(" && ");

const keptClass = (service: string): Rule => ({
  rule: `!(${exists(service)} && ${isLoadBalancer("self", service)} && ${isLoadBalancer("oldSelf", service)}) || (${has("self", service, "loadBalancerClass")} ? self.${service}.loadBalancerClass : "") == (${has("oldSelf", service, "loadBalancerClass")} ? oldSelf.${service}.loadBalancerClass : "")`,
  message: `${service}.loadBalancerClass cannot change while the Service is of the type LoadBalancer: set another type first, and then both`,
  fieldPath: `.${service}.loadBalancerClass`,
});

const hasFamily = (spec: Spec, service: string): string =>
  `${has(spec, service, "ipFamilies")} && ${spec}.${service}.ipFamilies.size() > 0`;

const keptFamily = (service: string): Rule => ({
  rule: `!(${exists(service)} && ${hasFamily("self", service)} && ${hasFamily("oldSelf", service)}) || self.${service}.ipFamilies[0] == oldSelf.${service}.ipFamilies[0]`,
  message: `${service}.ipFamilies: the first family cannot change, because the address of the Service is of it`,
  fieldPath: `.${service}.ipFamilies`,
});

const ownNodePort = (one: string, other: string): Rule => ({
  rule: `!${has("self", one, "nodePort")} || !${has("self", other, "nodePort")} || self.${one}.nodePort != self.${other}.nodePort`,
  message: `${one}.nodePort and ${other}.nodePort must differ: both are ports of the same nodes`,
  fieldPath: `.${one}.nodePort`,
});

const services = ["nfs.service", "smb.service", "service"];

/** What Kubernetes does not let happen to a Service, or to two of them. */
export const serviceRules: readonly Rule[] = [
  ...services.map(keptClass),
  ...services.map(keptFamily),
  ownNodePort("nfs.service", "smb.service"),
  ownNodePort("nfs.service", "service"),
  ownNodePort("smb.service", "service"),
];
