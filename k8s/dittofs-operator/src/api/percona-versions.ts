/** Images of a release of Percona's operator, as its own manifest names them, and the PostgreSQL in them. */
export type PerconaRelease = {
  readonly postgresVersion: number;
  readonly postgres: string;
  readonly pgBouncer: string;
  readonly pgBackRest: string;
};

const release = (postgresVersion: number, postgres: string, pgBouncer: string, pgBackRest: string): PerconaRelease => ({
  postgresVersion,
  postgres: `docker.io/percona/percona-distribution-postgresql:${postgres}`,
  pgBouncer: `docker.io/percona/percona-pgbouncer:${pgBouncer}`,
  pgBackRest: `docker.io/percona/percona-pgbackrest:${pgBackRest}`,
});

/** By `percona.crVersion`. Percona's operator takes clusters of its own version and of the ones before, and no later ones. */
export const perconaReleases = {
  "2.8.0": release(17, "17.6-1", "1.24.1-1", "2.56.0-1"),
  "2.8.2": release(17, "17.7-2", "1.25.0-1", "2.57.0-1"),
  "2.9.0": release(18, "18.3-1", "1.25.1-1", "2.58.0-1"),
  "3.0.0": release(18, "18.3-2", "1.25.1-1", "2.58.0-1"),
} as const satisfies Readonly<Record<string, PerconaRelease>>;

/** Taken by every operator from 2.8.0 on. */
export const DEFAULT_PERCONA_VERSION = "2.8.0";
