import { bool, int64, object, oneOf, set } from "../schema/vocabulary.ts";
import { cidr } from "./addresses.ts";

const nobody = { min: 0, max: 2 ** 32 - 2 };

/** What only NFS clients see of a share. */
export const shareNfs = object("How NFS clients see the share.", {
  squash: oneOf("What becomes of client users. Left out, it is root_to_guest: uid 0 acts as nobody.", [
    "none",
    "root_to_admin",
    "root_to_guest",
    "all_to_admin",
    "all_to_guest",
  ]).exactOptional(),
  anonymousUid: int64("User id that squashed users act as. Left out, it is 65534.", nobody).exactOptional(),
  anonymousGid: int64("Group id that squashed users act as. Left out, it is 65534.", nobody).exactOptional(),
  allowedClients: set(
    "Addresses from which NFSv3 clients may mount the share, as ranges; one address is a range such as 192.0.2.7/32. Left out, every address may. The server does not heed it for NFSv4: the status warns of that, and the addresses that reach the whole server are bounded elsewhere.",
    cidr,
    {
      maxItems: 32,
      rules: [
        { rule: "self.size() > 0", message: "must name at least one range: leave it out to let every address in" },
      ],
    },
  ).exactOptional(),
  allowAuthSys: bool(
    "False refuses clients that only claim an id (AUTH_SYS). Left out, it is true. A change restarts the server once, and a new share with false is kept disabled until it has restarted. NFSv3 clients that have mounted the share before keep their access.",
  ).exactOptional(),
  requireKerberos: bool(
    "True refuses clients without Kerberos. Left out, it is false. A change restarts the server once, and a new share with true is kept disabled until it has restarted. NFSv3 clients that have mounted the share before keep their access.",
  ).exactOptional(),
  minKerberosLevel: oneOf(
    "Least protection of a Kerberos client: authentication (krb5), integrity (krb5i), or encryption (krb5p). Left out, it is krb5. A change restarts the server once, and a new share with more than krb5 is kept disabled until it has restarted.",
    ["krb5", "krb5i", "krb5p"],
  ).exactOptional(),
  disableReaddirplus: bool(
    "True makes NFSv3 clients list directories without attributes. Left out, it is false. A change restarts the server once.",
  ).exactOptional(),
});
