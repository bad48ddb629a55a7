import { HookNoticeKind, type Notice, type NoticeHook, NoticeKind } from '@junction/contracts';
import { versionTag } from '../../platform/versions.ts';
import type { HookProblem, HookRow } from './hook-store.ts';
import type { NoticeDetail } from './record-notices.ts';

export type NoticeRow = {
  id: string;
  at: Date;
  kind: string;
  subjectType: string;
  subjectId: string;
  subjectName: string;
  runId: string | null;
  detail: unknown;
  isRead: boolean;
};

/** A notice in the words that somebody may see; `seesPlaces` is true for who may see the settings of connections. */
export const toNotice = (row: NoticeRow, seesPlaces: boolean): Notice => {
  const { words, toldWords } = row.detail as NoticeDetail;
  const { message, remedy } = seesPlaces ? words : (toldWords ?? { message: '', remedy: null });
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: NoticeKind.parse(row.kind),
    subject: {
      type: row.subjectType === 'connection' ? 'connection' : 'export',
      id: row.subjectId,
      name: row.subjectName,
    },
    message,
    remedy,
    runId: row.runId,
    isRead: row.isRead,
  };
};

const toLastDelivery = ({ lastAt, lastProblem }: HookRow): NoticeHook['lastDelivery'] => {
  if (lastAt === null) return null;
  const problem = lastProblem as HookProblem | null;
  const told = { message: problem?.message ?? null, remedy: problem?.remedy ?? null };
  return { at: lastAt.toISOString(), isDelivered: problem === null, ...told };
};

/** A hook, without its secret. */
export const toNoticeHook = (row: HookRow): NoticeHook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  kinds: HookNoticeKind.array().parse(row.kinds),
  isOn: row.isOn,
  isSigned: row.sealed !== null,
  lastDelivery: toLastDelivery(row),
  etag: versionTag(row.version),
});
