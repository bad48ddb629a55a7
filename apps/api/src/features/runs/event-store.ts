import type { RunProblem, runEventKinds } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { eventsKept } from './rules.ts';

export type NewEvent = {
  runId: string;
  kind: (typeof runEventKinds)[number];
  part?: number | null;
  worker?: string;
  problem?: RunProblem;
};

/** What can happen any number of times in one run. */
const unbounded: readonly NewEvent['kind'][] = ['retried', 'takenOver', 'warned'];

/** Adds a line to the history of a run, unless it is one of very many. */
export const addEvent = (db: Db | Tx, { runId, kind, part = null, worker, problem }: NewEvent) => db.$executeRaw`
  INSERT INTO "RunEvent" ("id", "runId", "at", "kind", "part", "worker", "problem")
  SELECT ${newId()}::uuid, ${runId}::uuid, clock_timestamp(), ${kind}, ${part}::integer, ${worker ?? null}::text,
         ${problem === undefined ? null : JSON.stringify(problem)}::jsonb
   WHERE NOT ${unbounded.includes(kind)}::boolean
      OR (SELECT count(*) FROM (SELECT 1 FROM "RunEvent" WHERE "runId" = ${runId}::uuid LIMIT ${eventsKept}::integer) e) < ${eventsKept}::integer`;
