import type { NoticeKind } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import type { NoticeDetail } from './record-notices.ts';

/** What was told last of something. */
export type LastNotice = { kind: NoticeKind; at: Date; facts: Readonly<Record<string, string>> };

/** The last notice of one of these kinds about this subject; undefined when there is none (any more). */
export const findLastNotice = async (
  tx: Tx,
  subjectId: string,
  kinds: readonly NoticeKind[],
): Promise<LastNotice | undefined> => {
  const row = await tx.notice.findFirst({
    where: { subjectId, kind: { in: [...kinds] } },
    orderBy: { id: 'desc' },
    select: { kind: true, at: true, detail: true },
  });
  if (row === null) return undefined;
  const { facts = {} } = row.detail as NoticeDetail;
  return { kind: row.kind as NoticeKind, at: row.at, facts };
};
