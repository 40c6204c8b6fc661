import { text } from "../schema/vocabulary.ts";

const byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const ipv4 = String.raw`${byte}(\.${byte}){3}`;
/** Loosely: the API server knows better. */
const ipv6 = "[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]*";

/** The address of a host. */
export function address(description: string) {
  return text(description, {
    minLength: 1,
    maxLength: 45,
    form: { pattern: `^(${ipv4}|${ipv6})$`, message: "must be an address such as 192.0.2.7", rule: "isIP(self)" },
  });
}

/** A range of addresses. */
export const cidr = text("An address range such as 192.0.2.0/24 or 2001:db8::/32.", {
  minLength: 1,
  maxLength: 49,
  form: {
    pattern: `^(${ipv4}/(3[0-2]|[12]?[0-9])|${ipv6}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$`,
    message: "must be an address range such as 192.0.2.0/24",
    rule: "isCIDR(self)",
  },
  rules: [
    {
      rule: "!isCIDR(self) || cidr(self).masked() == cidr(self)",
      message:
        "must begin with the first address of the range: 192.0.2.0/24 instead of 192.0.2.7/24, or 192.0.2.7/32 for one address",
    },
  ],
});
