/** Who has something mounted. */
export type DittoFsClient = {
  /** `nfs` or `smb`. */
  readonly protocol: string;
  readonly address: string;
  readonly user?: string;
};
