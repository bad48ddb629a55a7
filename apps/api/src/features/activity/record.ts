import { isDeepStrictEqual } from 'node:util';
import type { ActivityKind, Actor } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';

type Json = Readonly<Record<string, unknown>>;

/** Who did it, and with which API token; null for the server itself. */
export type By = { id: string; name: string; token?: { name: string } | undefined } | null;

/** Whoever asks, as the log names them, and nothing more of them. */
export const byOf = ({ id, name, token }: Actor): NonNullable<By> => ({
  id,
  name,
  ...(token && { token: { name: token.name } }),
});

export type Happening = {
  kind: ActivityKind;
  environmentId: string | null;
  by: By;
  from: string | null;
  subject: { type: string; id: string | null; name: string };
  before?: Json;
  after?: Json;
};

/**
 * Adds rows to the activity log in one statement. Call it inside the transaction of the changes that they tell of, and never give it a
 * secret. All rows are one value of the statement: to bind each column of each would keep the process busy for seconds with a thousand.
 */
export const recordActivities = async (tx: Tx, happenings: readonly Happening[]): Promise<void> => {
  const rows = happenings.map(({ by, from, subject, ...happening }) => ({
    ...happening,
    id: newId(),
    byId: by?.id,
    byName: by?.name,
    tokenName: by?.token?.name,
    subjectType: subject.type,
    subjectId: subject.id,
    subjectName: subject.name,
    address: from,
  }));
  await tx.$executeRaw`
    INSERT INTO "Activity" ("id", "environmentId", "at", "kind", "byId", "byName", "tokenName", "subjectType", "subjectId",
                            "subjectName", "address", "before", "after")
    SELECT n."id", n."environmentId", clock_timestamp(), n."kind", n."byId", n."byName", n."tokenName", n."subjectType", n."subjectId",
           n."subjectName", n."address", n."before", n."after"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(
             "id" uuid, "environmentId" uuid, "kind" text, "byId" uuid, "byName" text, "tokenName" text,
             "subjectType" text, "subjectId" text, "subjectName" text, "address" text, "before" jsonb, "after" jsonb)`;
};

/** Adds one row. */
export const recordActivity = (tx: Tx, happening: Happening): Promise<void> => recordActivities(tx, [happening]);

/** The fields that differ, whatever the order of the names in them (jsonb has its own), as they were and as they are: what `before` and `after` of a change hold. */
export const changes = (before: Json, after: Json): { before: Json; after: Json } => {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const pick = (from: Json) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
};
