import type { Call } from './call.ts';
import { isCsvFailure, isFileFailure, isMemoryFailure, readFailure } from './duckdb/failure.ts';
import { EngineError } from './engine-error.ts';
import { malformedRow, type Tally, type Tolerance, tooManyMalformedRows } from './malformed.ts';
import { type FoundRow, visitMalformedRows } from './malformed-rows.ts';
import type { Plan } from './plan.ts';
import type { ReadyFiles } from './ready-files.ts';
import { type Keep, type ReadyFile, rowsSql } from './rows-sql.ts';

// What DuckDB is made to say when it comes upon a value of the wrong type; nothing of a row is in it.
const wrongSign = 'junction: wrong type';
const tooManySign = 'junction: too many of the wrong type';

const says = (error: unknown, sign: string): boolean => error instanceof Error && error.message.includes(sign);

const counter = 'wrong_rows';

/**
 * Which rows go on: those with a value of the wrong type are counted, or end the query, while the rows are read, so that looking for them
 * takes no reading of its own. Values are made of what is left: in wide entities each further step takes memory for all columns.
 */
const keepSound = ({ filter }: Plan, rule: Tolerance, left: number): Keep => {
  const onWrong =
    rule.policy === 'fail'
      ? `error('${wrongSign}')`
      : `CASE WHEN nextval('${counter}') > ${left} THEN error('${tooManySign}') ELSE false END`;
  return (isWrong) => `CASE WHEN ${isWrong} THEN ${onWrong} ELSE ${filter?.sql ?? 'true'} END`;
};

const failAtFirst = async (files: readonly ReadyFile[], plan: Plan, { query, signal }: Call): Promise<void> => {
  const fail = (row: FoundRow): never => {
    throw malformedRow(row);
  };
  for (const file of files) await visitMalformedRows(file, { plan, query, signal, wrong: 1 }, { row: fail });
};

const rowsLost = () =>
  new EngineError({
    code: 'engineFault',
    message: 'The engine did not read as many rows as the files have.',
    remedy: 'Tell whoever maintains Junction; trying again does not help.',
  });

/** How many rows are in the files, where that is known before. */
const knownRows = (files: readonly ReadyFile[]): number | undefined => {
  let rows = 0;
  for (const file of files) {
    if (file.type !== 'csv') return undefined;
    rows += file.rows;
  }
  return rows;
};

/** What a statement over rows has done: rows that went on, and rows with values of the wrong type. */
export type Done = { rows: number; wrong: number };

/** What a statement runs over. */
export type Rows = {
  files: ReadyFiles;
  plan: Plan;
  rule: Tolerance;
  tally: Tally;
  /** SQL of how many rows went on, where the statement itself tells something else. */
  counted?: string;
};

/** Makes the statement of the rows that go on. */
type Statement = (rows: string) => string;

const attempt = async (
  { query }: Call,
  { plan, rule, tally, counted }: Rows,
  statement: Statement,
  files: readonly ReadyFile[],
  { isParallel = true, until }: { isParallel?: boolean; until?: AbortSignal } = {},
): Promise<Done> => {
  if (rule.policy === 'setAside') await query.run(`CREATE OR REPLACE TEMP SEQUENCE ${counter}`);
  const keep = keepSound(plan, rule, tally.left());
  const sql = statement(`(${rowsSql(files, plan, { keep, isParallel })})`);
  const told = await query.run(sql, plan.filter?.parameters, until);
  const [[rows] = []] = counted === undefined ? told : await query.run(counted, [], until);
  if (rule.policy === 'fail') return { rows: Number(rows), wrong: 0 };
  const [[last] = []] = await query.run(
    `SELECT last_value FROM duckdb_sequences() WHERE temporary AND sequence_name = '${counter}'`,
  );
  return { rows: Number(rows), wrong: Number(last ?? 0) };
};

const isOfRows = (error: unknown): boolean => isCsvFailure(error) || says(error, wrongSign) || says(error, tooManySign);

/** Finds the damaged file among several, by reading each alone. */
const nameDamaged = async (
  call: Call,
  rows: Rows,
  statement: Statement,
  files: readonly ReadyFile[],
): Promise<void> => {
  for (const file of files) {
    await attempt(call, rows, statement, [file]).catch((error: unknown) => {
      call.signal.throwIfAborted();
      throw readFailure(error, file.source);
    });
  }
};

/**
 * Runs a statement that counts its rows over those that are sound and pass the filter. It begins with the files as they seem to be, while
 * they are looked through, and anew when one of them is something else.
 */
export const overSoundRows = async (call: Call, rows: Rows, statement: Statement): Promise<Done> => {
  const { files, plan, rule } = rows;
  const begin = async (): Promise<Done | undefined> => {
    if (files.likely === undefined) return undefined;
    try {
      return await attempt(call, rows, statement, files.likely, { until: files.mistaken });
    } catch (error) {
      call.signal.throwIfAborted();
      // What is wrong is found again below, when it is known which rows have the right shape.
      if (files.mistaken.aborted || isOfRows(error) || isMemoryFailure(error)) return undefined;
      if (isFileFailure(error)) return undefined;
      throw error;
    }
  };
  const beginning = begin();
  const [begun, ready] = await Promise.all([beginning, files.certain]).catch(async (error: unknown) => {
    await files.stop();
    await beginning.catch(() => undefined);
    throw error;
  });
  try {
    const again = () => attempt(call, rows, statement, ready);
    const done =
      begun !== undefined && !files.mistaken.aborted
        ? begun
        : await again().catch((error: unknown) => {
            // Several threads cannot read every file, which DuckDB notices, and take more memory, which very wide entities lack.
            if (isCsvFailure(error) || isMemoryFailure(error))
              return attempt(call, rows, statement, ready, { isParallel: false });
            throw error;
          });
    const known = knownRows(ready);
    if (plan.filter === null && known !== undefined && done.rows + done.wrong !== known) throw rowsLost();
    return done;
  } catch (error) {
    if (says(error, tooManySign) && rule.policy === 'setAside') throw tooManyMalformedRows(rule.limit);
    if (says(error, wrongSign)) await failAtFirst(ready, plan, call);
    if (isFileFailure(error)) await nameDamaged(call, rows, statement, ready);
    throw error;
  }
};
