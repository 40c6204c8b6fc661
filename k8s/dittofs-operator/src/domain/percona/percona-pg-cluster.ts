/** pgv2.percona.com/v2 PerconaPGCluster, as much of it as is used here. */
export type PerconaPGCluster = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly uid?: string; readonly creationTimestamp?: string };
  readonly spec?: {
    readonly crVersion: string;
    readonly image: string;
    readonly postgresVersion: number;
    readonly users: readonly {
      readonly name: string;
      readonly databases: readonly string[];
      readonly password: { readonly type: "AlphaNumeric" };
    }[];
    readonly instances: readonly {
      readonly name: string;
      readonly replicas: number;
      readonly dataVolumeClaimSpec: {
        readonly accessModes: readonly string[];
        readonly storageClassName?: string;
        readonly resources: { readonly requests: { readonly storage: string } };
      };
    }[];
    readonly proxy: { readonly pgBouncer: { readonly replicas: number; readonly image: string } };
    readonly backups: {
      readonly enabled: boolean;
      readonly pgbackrest: {
        readonly image: string;
        readonly configuration?: readonly { readonly secret: { readonly name: string } }[];
        readonly global?: Readonly<Record<string, string>>;
        readonly repos?: readonly BackupRepository[];
      };
    };
  };
  readonly status?: { readonly state?: string };
};

type BackupRepository = {
  readonly name: string;
  readonly s3: { readonly bucket: string; readonly endpoint: string; readonly region: string };
  readonly schedules: { readonly full: string; readonly incremental: string };
};
