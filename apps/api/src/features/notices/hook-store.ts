import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';

export type HookProblem = { code: string; message: string; remedy?: string };

/** Keys and sealed secret are both there or both not. */
export type HookRow = {
  id: string;
  environmentId: string;
  name: string;
  url: string;
  kinds: string[];
  isOn: boolean;
  wrappedKey: Uint8Array<ArrayBuffer> | null;
  sealed: Uint8Array<ArrayBuffer> | null;
  lastAt: Date | null;
  lastProblem: unknown;
  version: number;
};

/** A hook of an environment; null when there is none of this id. */
export const findHook = (db: Db | Tx, environmentId: string, id: string): Promise<HookRow | null> =>
  db.noticeHook.findFirst({ where: { id, environmentId } });

/** The same, held until the transaction ends. */
export const lockHook = async (tx: Tx, environmentId: string, id: string): Promise<HookRow | null> => {
  await tx.$executeRaw`
    SELECT 1 FROM "NoticeHook" WHERE "id" = ${id}::uuid AND "environmentId" = ${environmentId}::uuid FOR NO KEY UPDATE`;
  return findHook(tx, environmentId, id);
};

export const countHooks = (tx: Tx, environmentId: string): Promise<number> =>
  tx.noticeHook.count({ where: { environmentId } });

/** How the last delivery to a hook went. An edit is not made stale by it, so no version changes. */
export const keepLastDelivery = async (
  tx: Tx | Db,
  id: string,
  { at, problem }: { at: Date; problem: HookProblem | null },
): Promise<void> => {
  await tx.noticeHook.updateMany({ where: { id }, data: { lastAt: at, lastProblem: problem ?? Prisma.DbNull } });
};
