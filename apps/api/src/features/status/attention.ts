import { type Attention, type ExportRow, exportRights, type Role, RunProblem } from '@junction/contracts';
import { credentialWords } from '../connections/index.ts';
import { isWithheld, toldProblem } from '../runs/index.ts';
import type { TroubledConnection, TroubledExport } from './store.ts';

type Told = Pick<Attention, 'message' | 'remedy' | 'since' | 'isYours'>;

const askAdmin = 'Ask an admin of this environment.';

const inactive = (row: ExportRow, role: Role): Told => {
  const rights = exportRights(role, row.access);
  const since = row.inactive?.at ?? null;
  if (row.connection === null) {
    const isYours = rights.includes('connect');
    const remedy = isYours ? 'Connect it to another connection.' : askAdmin;
    return { message: 'It has no connection.', remedy, since, isYours };
  }
  const isYours = rights.includes('edit');
  const remedy = isYours ? 'Restore the source, or take its entities out.' : askAdmin;
  return { message: 'A source that it reads from was removed.', remedy, since, isYours };
};

const failing = (row: ExportRow, { because, failingSince }: Omit<TroubledExport, 'id'>, role: Role): Told => {
  // The last run may be another one by now: one that waits, was canceled or skipped.
  const problem = row.run?.state === 'failed' ? row.run.problem : null;
  // Who is not told what went wrong cannot put it right.
  const isForAdmins = problem !== null && isWithheld(problem) && role !== 'admin';
  const isYours = exportRights(role, row.access).includes('edit') && !isForAdmins;
  const { autoPaused } = row;
  if (because === 'exportPaused' && autoPaused !== null) {
    const paused = `Its schedule is paused after ${autoPaused.failures} failures in a row.`;
    const message = problem === null ? paused : `${paused} ${problem.message}`;
    const remedy = problem?.remedy ?? 'Correct what the failed runs say, then resume it.';
    return { message, remedy: isYours ? remedy : askAdmin, since: autoPaused.at, isYours };
  }
  const message = problem?.message ?? 'No run has succeeded since one failed.';
  const remedy = isYours ? (problem?.remedy ?? null) : askAdmin;
  return { message, remedy, since: failingSince?.toISOString() ?? null, isYours };
};

/** An export that needs somebody, in words. */
export const exportAttention = (row: ExportRow, trouble: Omit<TroubledExport, 'id'>, role: Role): Attention => {
  const { because } = trouble;
  const isInactive = because === 'exportInactive';
  return {
    subject: { type: 'export', id: row.id, name: row.name },
    because,
    ...(isInactive ? inactive(row, role) : failing(row, trouble, role)),
    runId: isInactive ? null : (row.run?.id ?? null),
  };
};

const textOf = (remedy: string | { text: string } | undefined): string | null =>
  typeof remedy === 'string' ? remedy : (remedy?.text ?? null);

/** Why an import failed, as it is told of any run to who may see the settings of connections. */
const importReason = (problem: unknown): Pick<RunProblem, 'message' | 'remedy'> =>
  toldProblem(RunProblem.nullable().parse(problem), true) ?? { message: 'Its customers could not be imported.' };

/** A connection or a source that needs an admin, in words; only admins are told. */
export const connectionAttention = (
  { id, name, because, reason: found, expiresAt, since }: TroubledConnection,
  now: Date,
): Attention => {
  const type = because === 'sourceUnreadable' ? 'source' : 'connection';
  const about = { subject: { type, id, name } as const, because, runId: null, isYours: true };
  if (because === 'secretExpires' && expiresAt !== null)
    return { ...about, ...credentialWords(expiresAt, now), since: null };
  const reason = because === 'profilesFailing' ? importReason(found) : found;
  return {
    ...about,
    message: reason?.message ?? 'Its last check did not pass.',
    remedy: textOf(reason?.remedy),
    since: since?.toISOString() ?? null,
  };
};
