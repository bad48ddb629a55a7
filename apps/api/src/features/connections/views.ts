import type { Manifest } from '@junction/connectors/manifests';
import type { Connector } from '@junction/connectors/runtime';
import {
  type CheckOutcome,
  type CheckRecord,
  type CheckStep,
  type Connection,
  type checkTriggers,
  connectionStatus,
  type PersonRef,
  type SharedWith,
  type StatusReason,
} from '@junction/contracts';
import { versionTag } from '../../platform/versions.ts';

/** The columns of a connection that people may see something of. */
export type ConnectionRow = {
  id: string;
  environmentId: string;
  name: string;
  type: string;
  settings: unknown;
  sharedWith: string;
  people: readonly PersonRef[];
  readsEntities: boolean;
  /** Exports that write to it or read from it. */
  usedBy: number;
  profiles: Connection['profiles'];
  isPaused: boolean;
  version: number;
  lastOutcome: string | null;
  lastReason: unknown;
  lastCheckedAt: Date | null;
  nextCheckAt: Date | null;
  credentialExpiresAt: Date | null;
  consentById: string;
  consentByName: string;
  consentAt: Date;
  consentTextVersion: string;
  createdById: string;
  createdByName: string;
  createdAt: Date;
  updatedAt: Date;
  secrets: readonly { field: string; setAt: Date | string }[];
};

/** Only the settings that the manifest knows: what else a row may hold stays inside. */
const toSettings = (manifest: Manifest | undefined, settings: unknown): Record<string, unknown> => {
  const stored = settings as Readonly<Record<string, unknown>>;
  const names = Object.keys(manifest?.settings.shape ?? {}).filter((name) => stored[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, stored[name]]));
};

const toTime = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A connection as its environment's admins see it; of its secrets only which are set and since when. */
export const toConnection = (connectors: readonly Connector[], row: ConnectionRow): Connection => ({
  id: row.id,
  environmentId: row.environmentId,
  name: row.name,
  type: row.type,
  settings: toSettings(connectors.find(({ manifest }) => manifest.type === row.type)?.manifest, row.settings),
  secrets: Object.fromEntries(row.secrets.map(({ field, setAt }) => [field, { setAt: new Date(setAt).toISOString() }])),
  sharing: { sharedWith: row.sharedWith as SharedWith, people: [...row.people] },
  readsEntities: row.readsEntities,
  isPaused: row.isPaused,
  status: connectionStatus({ isPaused: row.isPaused, lastOutcome: row.lastOutcome as CheckOutcome | null }),
  statusReason: (row.lastReason as StatusReason | null) ?? undefined,
  lastCheckedAt: toTime(row.lastCheckedAt),
  nextCheckAt: toTime(row.nextCheckAt),
  credentialExpiresAt: toTime(row.credentialExpiresAt),
  usedBy: row.usedBy,
  profiles: row.profiles,
  consent: {
    by: { id: row.consentById, name: row.consentByName },
    at: row.consentAt.toISOString(),
    textVersion: row.consentTextVersion,
  },
  createdBy: { id: row.createdById, name: row.createdByName },
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  etag: versionTag(row.version),
});

/** The columns of a kept check. */
export type CheckRow = {
  id: string;
  trigger: string;
  byId: string | null;
  byName: string | null;
  startedAt: Date;
  durationMs: number;
  outcome: string;
  steps: unknown;
  credentialExpiresAt: Date | null;
};

/** A check out of a connection's history. */
export const toCheckRecord = (row: CheckRow): CheckRecord => ({
  id: row.id,
  trigger: row.trigger as (typeof checkTriggers)[number],
  by: row.byId === null ? null : { id: row.byId, name: row.byName ?? '' },
  startedAt: row.startedAt.toISOString(),
  durationMs: row.durationMs,
  outcome: row.outcome as CheckOutcome,
  steps: row.steps as CheckStep[],
  credentialExpiresAt: row.credentialExpiresAt?.toISOString(),
});
