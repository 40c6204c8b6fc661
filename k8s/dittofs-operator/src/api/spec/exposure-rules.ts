import type { Rule } from "../schema/vocabulary.ts";

const metricsPort = (isEnabled: string, path: string): Rule => ({
  rule: `!has(self.metrics) || !self.metrics.enabled || !(${isEnabled}) || self.metrics.port != self.${path}`,
  message: `metrics.port and ${path} must differ: both are ports of the same pod`,
  fieldPath: ".metrics.port",
});

/** Rules over several fields about ways to the server. */
export const exposureRules: readonly Rule[] = [
  metricsPort("true", "controlPlane.port"),
  metricsPort("self.nfs.enabled", "nfs.containerPort"),
  metricsPort("self.smb.enabled", "smb.containerPort"),
];
