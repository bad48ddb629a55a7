import type { Call } from './call.ts';
import { isCsvFailure } from './duckdb/failure.ts';
import { EngineError } from './engine-error.ts';
import { malformedRow, type Tally, type Tolerance, tooManyMalformedRows } from './malformed.ts';
import { visitMalformedRows } from './malformed-rows.ts';
import type { Plan } from './plan.ts';
import { type ReadyFile, rowsSql, wrongColumn } from './rows-sql.ts';
import { findWrongRows } from './wrong-rows.ts';

// What DuckDB is made to say when it comes upon a value of the wrong type; nothing of a row is in it.
const wrongSign = 'junction: wrong type';
const tooManySign = 'junction: too many of the wrong type';

const says = (error: unknown, sign: string): boolean => error instanceof Error && error.message.includes(sign);

const counter = 'wrong_rows';

/**
 * True for rows that go on: those with a value of the wrong type are counted, or end the query, while the rows are read, so that looking
 * for them takes no reading of its own. As this has an effect, DuckDB keeps it above what the values are made of and makes them once.
 */
const whereSql = ({ filter }: Plan, rule: Tolerance, left: number): string => {
  const onWrong =
    rule.policy === 'fail'
      ? `error('${wrongSign}')`
      : `CASE WHEN nextval('${counter}') > ${left} THEN error('${tooManySign}') ELSE false END`;
  return `CASE WHEN ${wrongColumn} IS NULL THEN ${filter?.sql ?? 'true'} ELSE ${onWrong} END`;
};

const failAtFirst = async (files: readonly ReadyFile[], plan: Plan, { query }: Call, signal: AbortSignal) => {
  for (const file of files) {
    const wrong = await findWrongRows(file, plan, 1, query);
    await visitMalformedRows(file, wrong, signal, (row) => {
      throw malformedRow(row);
    });
  }
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

/** Runs a statement that counts its rows over those that are sound and pass the filter. */
export const overSoundRows = async (
  call: Call,
  {
    files,
    plan,
    rule,
    tally,
    signal,
  }: {
    files: readonly ReadyFile[];
    plan: Plan;
    rule: Tolerance;
    tally: Tally;
    signal: AbortSignal;
  },
  statement: (from: string, where: string) => string,
): Promise<Done> => {
  const { query } = call;
  const attempt = async (isParallel: boolean): Promise<Done> => {
    if (rule.policy === 'setAside') await query.run(`CREATE OR REPLACE TEMP SEQUENCE ${counter}`);
    const sql = statement(`(${rowsSql(files, plan, { isParallel })})`, whereSql(plan, rule, tally.left()));
    const [[rows] = []] = await query.run(sql, plan.filter?.parameters);
    const done: Done = { rows: Number(rows), wrong: 0 };
    if (rule.policy === 'setAside') {
      const [[last] = []] = await query.run(
        `SELECT last_value FROM duckdb_sequences() WHERE temporary AND sequence_name = '${counter}'`,
      );
      done.wrong = Number(last ?? 0);
    }
    const known = knownRows(files);
    if (plan.filter === null && known !== undefined && done.rows + done.wrong !== known) throw rowsLost();
    return done;
  };
  try {
    return await attempt(true).catch((error: unknown) => {
      // Several threads cannot read every file; DuckDB notices when they did not.
      if (isCsvFailure(error)) return attempt(false);
      throw error;
    });
  } catch (error) {
    if (says(error, tooManySign) && rule.policy === 'setAside') throw tooManyMalformedRows(rule.limit);
    if (says(error, wrongSign)) await failAtFirst(files, plan, call, signal);
    throw error;
  }
};
