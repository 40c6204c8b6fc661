import { PORTMAPPER_CONTAINER_PORT, PORTMAPPER_PORT } from "../group.ts";
import type { Rule } from "../schema/vocabulary.ts";

const HAS_NO_PORTMAPPER =
  "!self.nfs.enabled || !has(self.nfs.settings) || !has(self.nfs.settings.portmapper) || !self.nfs.settings.portmapper";

const different = (field: string, portmapper: number, condition = "false"): Rule => ({
  rule: `${HAS_NO_PORTMAPPER} || ${condition} || self.${field} != ${portmapper}`,
  message: `${field} must not be ${portmapper} while nfs.settings.portmapper is true: that is the portmapper's`,
  fieldPath: `.${field}`,
});

/** Ports that the portmapper takes. */
export const auxiliaryPortRules: readonly Rule[] = [
  different("nfs.containerPort", PORTMAPPER_CONTAINER_PORT),
  different("smb.containerPort", PORTMAPPER_CONTAINER_PORT, "!self.smb.enabled"),
  different("controlPlane.port", PORTMAPPER_CONTAINER_PORT),
  different("metrics.port", PORTMAPPER_CONTAINER_PORT, "!has(self.metrics) || !self.metrics.enabled"),
  different("nfs.port", PORTMAPPER_PORT),
];
