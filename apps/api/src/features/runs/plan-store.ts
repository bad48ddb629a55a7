import type { Tx } from '../../platform/db.ts';
import { changed, type Hold, heldRun, requireOne, toJson, untried } from './hold.ts';
import type { NewPart, Prepared } from './work.ts';

/** Which of these folders of a time no other run of the export has. */
export const findFreeTime = async (
  tx: Tx,
  subjectId: string,
  times: readonly string[],
): Promise<string | undefined> => {
  const [row] = await tx.$queryRaw<{ time: string }[]>`
    SELECT t."time" FROM unnest(${[...times]}::text[]) WITH ORDINALITY AS t("time", "place")
     WHERE NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."subjectId" = ${subjectId}::uuid AND r."folderTime" = t."time")
     ORDER BY t."place" LIMIT 1`;
  return row?.time;
};

/** Rows of one statement, and characters of what they hold: very many parts would be held in memory several times over. */
const partsOfBatch = 1_000;
const charactersOfBatch = 4_000_000;

function* inBatches(parts: readonly NewPart[]): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const [index, part] of parts.entries()) {
    const text = JSON.stringify({ ...part, number: index + 1 });
    batch.push(text);
    length += text.length;
    if (batch.length < partsOfBatch && length < charactersOfBatch) continue;
    yield `[${batch.join()}]`;
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) yield `[${batch.join()}]`;
}

/** Keeps what a run does, and its parts, for everybody to take. */
export const keepPlan = async (
  tx: Tx,
  hold: Hold,
  { plan, parts, bytesTotal, counts, skip }: Prepared,
  folderTime: string | null,
): Promise<void> => {
  // What ends here has nothing that would have to be cleaned up behind.
  const next = counts ? 'counting' : 'moving';
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "Run" r
         SET "plan" = ${toJson(plan)}::jsonb, "folderTime" = ${folderTime}, "partsTotal" = ${parts.length},
             "bytesTotal" = ${bytesTotal}::bigint, "phase" = ${skip ? 'preparing' : next}, ${untried}, ${changed}
       WHERE ${heldRun(hold)} RETURNING 1`,
  );
  for (const batch of inBatches(parts)) {
    await tx.$executeRaw`
      INSERT INTO "RunPart" ("runId", "number", "entity", "entityName", "files", "bytes")
      SELECT ${hold.runId}::uuid, n."number", n."entity", n."entityName", n."files", n."bytes"
        FROM jsonb_to_recordset(${batch}::jsonb)
          AS n("number" integer, "entity" integer, "entityName" text, "files" jsonb, "bytes" bigint)`;
  }
};
