import { type Connection, type RunPhase, RunProblem, type RunState } from '@junction/contracts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { toldProblem } from '../../runs/index.ts';
import { importPhaseOf, importStatusOf } from './status.ts';

type Found = {
  runState: RunState | null;
  /** Of the import under way; null while there is none. */
  phase: RunPhase | null;
  isVerified: boolean;
  problem: unknown;
  hasReport: boolean;
  dataAsOf: string | null;
};

/** SQL for what the status of the profile data of the connection `c` follows from, as JSON; null where nothing is imported. */
export const standingSql = Prisma.sql`(
  SELECT jsonb_build_object(
           'runState', i."runState", 'phase', n."phase", 'isVerified', n."fixed" IS NOT NULL, 'problem', i."problem",
           'hasReport', p."connectionId" IS NOT NULL, 'dataAsOf', p."dataAsOf")
    FROM "ProfileImport" i
    LEFT JOIN "ProfileReport" p ON p."connectionId" = i."connectionId"
    LEFT JOIN "Run" n ON n."id" = i."lastRunId" AND n."finishedAt" IS NULL
   WHERE i."connectionId" = c."id")`;

/** The same in a word, and why; for who may see the connection. How many bytes were read makes no difference to the word. */
export const toldStanding = (found: unknown): Connection['profiles'] => {
  if (found === null) return null;
  const { runState, phase, isVerified, hasReport, dataAsOf, ...rest } = found as Found;
  const problem = toldProblem(RunProblem.nullable().parse(rest.problem), true);
  const status = importStatusOf({
    runState,
    phase: phase === null ? 'over' : importPhaseOf({ phase, isVerified, bytesRead: 0, bytesTotal: null }),
    problem,
    hasReport,
  });
  const isBad = status === 'actionRequired' || status === 'failing';
  return {
    status,
    dataAsOf: dataAsOf === null ? null : new Date(dataAsOf).toISOString(),
    problem: isBad ? (problem?.message ?? null) : null,
  };
};
