import type { NoticeKind } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { insertDeliveries } from './delivery-store.ts';

export type NoticeWords = { message: string; remedy: string | null };

/** A change of a state that people are told about. */
export type NewNotice = {
  kind: NoticeKind;
  environmentId: string;
  at: Date;
  subject: { type: 'export' | 'connection'; id: string; name: string };
  runId: string | null;
  /** For who may see the settings of connections. */
  words: NoticeWords;
  /** For everybody else; notices of connections are told to nobody else, unless they are for some people only. */
  toldWords?: NoticeWords;
  /** The people whom it is for: nobody else is told, no hook either. With none of them nobody is. */
  onlyFor?: readonly string[];
  /** What tells later whether the same was told already. */
  facts?: Readonly<Record<string, string>>;
};

/** What is kept of a notice besides its columns. */
export type NoticeDetail = Pick<NewNotice, 'words' | 'toldWords' | 'facts'>;

/**
 * Tells people, and every hook that is on and wants to know, unless it is for some people only. Call it inside the transaction of the
 * changes that it tells of, and never give it a secret.
 */
export const recordNotices = async (tx: Tx, notices: readonly NewNotice[]): Promise<void> => {
  const told = notices.filter(({ onlyFor }) => onlyFor?.length !== 0);
  if (told.length === 0) return;
  const rows = told.map(({ kind, environmentId, at, subject, runId, words, toldWords, onlyFor = [], facts }) => ({
    id: newId(),
    environmentId,
    at,
    kind,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectName: subject.name,
    runId,
    onlyForIds: [...onlyFor],
    detail: { words, ...(toldWords && { toldWords }), ...(facts && { facts }) },
  }));
  await tx.notice.createMany({ data: rows });
  await insertDeliveries(
    tx,
    rows.filter(({ onlyForIds }) => onlyForIds.length === 0),
  );
};
