import type * as contract from '@junction/contracts';
import { type Actor, can, type Status } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { findExportRows } from '../exports/index.ts';
import { findRuns } from '../runs/index.ts';
import { connectionAttention, exportAttention } from './attention.ts';
import {
  countEnds,
  countWorkers,
  findFailedRuns,
  findLiveRuns,
  findTroubledConnections,
  findTroubledExports,
  findUpcoming,
} from './store.ts';

const dayMs = 86_400_000;
const none = { rows: [], total: 0 };

const present = <Value>(ids: readonly string[], known: ReadonlyMap<string, Value>): Value[] =>
  ids.flatMap((id) => known.get(id) ?? []);

/** What runs, what failed, what needs somebody and what comes next, as far as who asks may know. */
export const getStatus = async (
  house: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params: { environmentId } }: Asked<typeof contract.getStatus>,
): Promise<Status> => {
  const { db, clock } = house;
  const now = clock.now();
  const yesterday = new Date(now.getTime() - dayMs);
  const role = actor.memberships[environmentId] ?? 'viewer';
  const seesPlaces = can(actor, 'connection:read', environmentId);
  const [environment, live, failed, ends, workers, troubled, connections, upcoming] = await Promise.all([
    db.environment.findUniqueOrThrow({ where: { id: environmentId }, select: { pausedAt: true } }),
    findLiveRuns(db, environmentId),
    findFailedRuns(db, environmentId, yesterday),
    countEnds(db, environmentId, yesterday),
    countWorkers(db),
    findTroubledExports(db, environmentId),
    seesPlaces ? findTroubledConnections(db, environmentId, now) : none,
    findUpcoming(db, environmentId),
  ]);
  const [runs, rows] = await Promise.all([
    findRuns(db, [...live.ids, ...failed.ids], { seesPlaces }),
    findExportRows(house, actor, environmentId, [...troubled.rows.map(({ id }) => id), ...upcoming.ids]),
  ]);
  const exportsInTrouble = troubled.rows.flatMap(({ id, ...trouble }) => {
    const row = rows.get(id);
    return row === undefined ? [] : [exportAttention(row, trouble, role)];
  });
  return {
    pausedAt: environment.pausedAt?.toISOString() ?? null,
    running: { total: live.total, rows: present(live.ids, runs) },
    failed: { total: failed.total, rows: present(failed.ids, runs) },
    attention: {
      total: connections.total + troubled.total,
      rows: [...connections.rows.map((row) => connectionAttention(row, now)), ...exportsInTrouble],
    },
    upcoming: {
      total: upcoming.total,
      rows: present(upcoming.ids, rows)
        .flatMap(({ id, name, connection, nextRunAt }) =>
          connection === null || nextRunAt === null ? [] : [{ export: { id, name }, connection, at: nextRunAt }],
        )
        .sort((a, b) => a.at.localeCompare(b.at)),
    },
    lastDay: {
      successful: ends.get('successful') ?? 0,
      failed: ends.get('failed') ?? 0,
      skipped: ends.get('skipped') ?? 0,
      canceled: ends.get('canceled') ?? 0,
    },
    workers,
  };
};
