import { profileViewMinutes } from '@junction/contracts';
import type { Db } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { retrying } from '../../../platform/transactions.ts';

/** Somebody who looks at a report, which one it is, and when. */
export type Look = { connectionId: string; person: { id: string; name: string }; reportId: string; at: Date };

/**
 * Remembers that somebody looked at a report. It extends their last view of it unless they paused for too long or it is another report by
 * now. Their grant is held meanwhile, so that requests at the same time make one view.
 */
export const recordView = (db: Db, { connectionId, person, reportId, at }: Look): Promise<void> =>
  retrying(db, async (tx) => {
    await tx.$executeRaw`
      SELECT 1 FROM "ProfileGrant" WHERE "connectionId" = ${connectionId}::uuid AND "personId" = ${person.id}::uuid FOR NO KEY UPDATE`;
    const since = new Date(at.getTime() - profileViewMinutes * 60_000);
    const last = await tx.profileView.findFirst({
      where: { connectionId, personId: person.id },
      orderBy: [{ lastAt: 'desc' }, { id: 'desc' }],
      select: { id: true, reportId: true, lastAt: true },
    });
    if (last && last.reportId === reportId && last.lastAt >= since) {
      await tx.profileView.update({
        where: { id: last.id },
        data: { requests: { increment: 1 }, ...(last.lastAt < at && { lastAt: at }) },
        select: { id: true },
      });
      return;
    }
    await tx.profileView.create({
      data: {
        id: newId(),
        connectionId,
        personId: person.id,
        personName: person.name,
        reportId,
        firstAt: at,
        lastAt: at,
        requests: 1,
      },
      select: { id: true },
    });
  });
