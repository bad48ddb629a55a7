import type { DuckDBConnection } from '@duckdb/node-api';
import { type Call, checkPaths, runCallOn, type Workshop } from '../call.ts';
import { EngineError } from '../engine-error.ts';
import { engineLimits } from '../limits.ts';
import { newTally } from '../malformed.ts';
import { type ReadyFiles, readyFiles } from '../ready-files.ts';
import type { SourceFile } from '../selection.ts';
import { type Done, overSoundRows, type Rows } from '../sound-rows.ts';
import { compactSql, idsSql, keptSql, mergeSql, newTablesSql, partRowsSql, partSql } from './groups-sql.ts';
import { readResult } from './read-result.ts';
import type { Tallied, TallyInput } from './tally-input.ts';
import { tallyPlanOf } from './tally-plan.ts';

/** Counts of customers under way. Files are not needed any more once they were added. One thing is done at a time; after a failure nothing is but closing. */
export type OpenTally = {
  /** Reads files, all of them or none: a file that fails is in no result, as there is none. */
  add(files: readonly SourceFile[], signal: AbortSignal): Promise<{ rows: number; malformed: number }>;
  /** The counts of all files that were added. */
  finish(signal: AbortSignal): Promise<Tallied>;
  /** Forgets everything. */
  close(): void;
};

const ended = () =>
  new EngineError({
    code: 'tallyEnded',
    message: 'The customers cannot be counted on: the count was closed, failed before, or is busy.',
    remedy: 'Count them anew.',
  });

/** The files as they were found to be: they are not looked through again. */
const known = ({ certain, stop }: ReadyFiles): ReadyFiles => ({
  likely: undefined,
  certain,
  mistaken: new AbortController().signal,
  stop,
});

/** Begins to count customers. */
export const openTally = async (workshop: Workshop, input: TallyInput, signal: AbortSignal): Promise<OpenTally> => {
  signal.throwIfAborted();
  const tallyPlan = tallyPlanOf(input);
  const { plan } = tallyPlan;
  const rule = input.malformed;
  const malformed = newTally(rule);
  let connection: DuckDBConnection | undefined = await workshop.database.connect();
  let isFree = true;
  let rowsSeen = 0;
  let groupsAtLast = 0;

  const close = (): void => {
    const last = connection;
    connection = undefined;
    last?.closeSync();
  };

  const step = async <Result>(until: AbortSignal, work: (call: Call) => Promise<Result>): Promise<Result> => {
    if (connection === undefined || !isFree) throw ended();
    isFree = false;
    // After a failure it stays taken: what is in the tables may be half of something.
    const result = await runCallOn(connection, workshop, until, work);
    isFree = true;
    return result;
  };

  /** Adds rows to groups and ids to hashes. The second reading takes less than keeping the ids until the groups are made. */
  const read = async (files: readonly SourceFile[], call: Call): Promise<Done> => {
    const { query, newPath } = call;
    const preparing = { newPath, tally: malformed, signal: call.signal, onBytes: () => undefined };
    const selection = { columns: input.columns, choice: 'all' as const, filter: null };
    const prepared = await readyFiles(files, { selection, query, preparing });
    const rows: Rows = { files: prepared, plan, rule, tally: malformed, counted: partRowsSql };
    const done = await overSoundRows(call, rows, (sound) => partSql(sound, tallyPlan, input));
    if (tallyPlan.has('id')) {
      const again: Rows = { files: known(prepared), plan, rule, tally: malformed };
      await overSoundRows(call, again, (sound) => idsSql(sound, tallyPlan));
    }
    return done;
  };

  const merge = async ({ query }: Call): Promise<void> => {
    for (const sql of mergeSql) await query.run(sql);
    const [[groups] = []] = await query.run(keptSql);
    // Each time twice as many, so that all of it takes as long as the groups are many.
    if (Number(groups) < Math.max(engineLimits.tallyGroups, 2 * groupsAtLast)) return;
    for (const sql of compactSql) await query.run(sql);
    const [[left] = []] = await query.run(keptSql);
    groupsAtLast = Number(left);
  };

  try {
    await step(signal, async ({ query }) => {
      for (const sql of newTablesSql(input)) await query.run(sql);
    });
  } catch (error) {
    close();
    throw error;
  }

  return {
    add: async (files, until) => {
      checkPaths(workshop.options, files, []);
      return step(until, async (call) => {
        const before = malformed.count();
        const { rows } = await read(files, call);
        await merge(call);
        rowsSeen += rows;
        return { rows, malformed: malformed.count() - before };
      });
    },
    finish: (until) =>
      step(until, ({ query }) =>
        readResult(query, { input, plan: tallyPlan, rows: rowsSeen, malformed: malformed.count() }),
      ),
    close,
  };
};
