import { type Attention, type ExportRow, exportRights, type Role } from '@junction/contracts';

/** An export that needs somebody, in words. */
export const exportAttention = (
  row: ExportRow,
  because: 'exportPaused' | 'exportInactive' | 'exportFailing',
  role: Role,
): Attention => {
  const rights = exportRights(role, row.access);
  const subject = { type: 'export' as const, id: row.id, name: row.name };
  const problem = row.run?.problem ?? null;
  const whom = 'Ask an admin of this environment.';
  if (because === 'exportInactive') {
    const isYours = row.connection === null ? rights.includes('connect') : rights.includes('edit');
    const remedy =
      row.connection === null ? 'Connect it to another connection.' : 'Restore the source, or take its entities out.';
    const message = row.connection === null ? 'It has no connection.' : 'A source that it reads from was removed.';
    return {
      subject,
      because,
      message,
      remedy: isYours ? remedy : whom,
      since: row.inactive?.at ?? null,
      runId: null,
      isYours,
    };
  }
  const isYours = rights.includes('edit');
  const runId = row.run?.id ?? null;
  if (because === 'exportPaused') {
    const failures = row.autoPaused?.failures ?? 0;
    const message = `Its schedule is paused after ${failures} failures in a row. ${problem?.message ?? ''}`.trim();
    const remedy = isYours ? (problem?.remedy ?? 'Correct what the last run says, then resume it.') : whom;
    return { subject, because, message, remedy, since: row.autoPaused?.at ?? null, runId, isYours };
  }
  return {
    subject,
    because,
    message: problem?.message ?? 'Its last runs failed.',
    remedy: isYours ? (problem?.remedy ?? null) : whom,
    since: row.lastRunAt,
    runId,
    isYours,
  };
};

type Trouble = {
  id: string;
  name: string;
  because: 'connectionActionRequired' | 'connectionFailing' | 'secretExpires' | 'sourceUnreadable';
  reason: { message: string; remedy?: string | { text: string } } | null;
  expiresAt: Date | null;
  since: Date | null;
};

const textOf = (remedy: string | { text: string } | undefined): string | null =>
  typeof remedy === 'string' ? remedy : (remedy?.text ?? null);

/** A connection or a source that needs an admin, in words; only admins are told. */
export const connectionAttention = ({ id, name, because, reason, expiresAt, since }: Trouble, now: Date): Attention => {
  const subject = { type: because === 'sourceUnreadable' ? ('source' as const) : ('connection' as const), id, name };
  const told = { subject, because, runId: null, isYours: true };
  if (because === 'secretExpires' && expiresAt !== null) {
    const day = expiresAt.toISOString().slice(0, 10);
    const message = expiresAt <= now ? `Its credential ended on ${day}.` : `Its credential ends on ${day}.`;
    return { ...told, message, remedy: 'Make a new one and enter it in the connection.', since: null };
  }
  return {
    ...told,
    message: reason?.message ?? 'Its last check did not pass.',
    remedy: textOf(reason?.remedy),
    since: since?.toISOString() ?? null,
  };
};
