import { type RefusedCreation, refused } from "./refused-creation.ts";

const share = (fields: object) => ({ shares: [{ name: "/a", ...fields }] });

/** What the rules about a share's settings refuse. */
export const wrongShares: readonly RefusedCreation[] = [
  refused(
    "an owner that is no account name",
    share({ owner: "a b" }),
    "spec.shares[0].owner",
    "must be an account name",
  ),
  refused("a quota without a number", share({ quota: "lots" }), "spec.shares[0].quota", "must be a size from 1Mi"),
  refused(
    "a read buffer of a few bytes",
    share({ readBufferSize: "100" }),
    "spec.shares[0].readBufferSize",
    "must be a size from 1Mi",
  ),
  refused(
    "encryption as a word",
    share({ encryptData: "yes" }),
    "spec.shares[0].encryptData",
    'must be of type boolean: "string"',
  ),
  refused(
    "a recycle bin that is neither on nor off",
    share({ trash: { retentionDays: 7 } }),
    "spec.shares[0].trash.enabled",
    "Required value",
  ),
  refused(
    "a recycle bin that keeps files for less than no time",
    share({ trash: { enabled: true, retentionDays: -1 } }),
    "spec.shares[0].trash.retentionDays",
    "greater than or equal to 0",
  ),
  refused(
    "one pattern twice",
    share({ trash: { enabled: true, excludePatterns: ["*.tmp", "*.tmp"] } }),
    "spec.shares[0].trash.excludePatterns[1]",
    "Duplicate value",
  ),
  refused(
    "a recycle bin smaller than a mebibyte",
    share({ trash: { enabled: true, maxSize: "1Ki" } }),
    "spec.shares[0].trash.maxSize",
    "must be a size from 1Mi",
  ),
  refused(
    "an anonymous uid beyond 32 bits",
    share({ nfs: { anonymousUid: 4_294_967_295 } }),
    "spec.shares[0].nfs.anonymousUid",
    "4294967294",
  ),
  refused(
    "a level of Kerberos that is none",
    share({ nfs: { minKerberosLevel: "krb5x" } }),
    "spec.shares[0].nfs.minKerberosLevel",
    '"krb5p"',
  ),
  refused(
    "allowed clients that are none, which would let nobody in",
    share({ nfs: { allowedClients: [] } }),
    "spec.shares[0].nfs.allowedClients",
    "must name at least one range",
  ),
  refused(
    "an allowed client that is no range",
    share({ nfs: { allowedClients: ["laptop"] } }),
    "spec.shares[0].nfs.allowedClients[0]",
    "must be an address range",
  ),
  refused("a flag of SMB that is none", share({ smb: { guest: true } }), 'unknown field "spec.shares[0].smb.guest"'),
];
