import { isDeepStrictEqual } from 'node:util';
import type { ActivityKind } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { Prisma } from '../../platform/prisma/client.ts';

type Json = Readonly<Record<string, unknown>>;

/** Who did it, and from which network address; null for the server itself. */
export type By = { id: string; name: string } | null;

export type Happening = {
  kind: ActivityKind;
  environmentId: string | null;
  by: By;
  from: string | null;
  subject: { type: string; id: string | null; name: string };
  before?: Json;
  after?: Json;
};

const toJson = (value: Json | undefined) => (value === undefined ? Prisma.DbNull : (value as Prisma.InputJsonObject));

/** Adds rows to the activity log in one statement. Call it inside the transaction of the changes that they tell of, and never give it a secret. */
export const recordActivities = async (tx: Tx, happenings: readonly Happening[]): Promise<void> => {
  await tx.activity.createMany({
    data: happenings.map(({ kind, environmentId, by, from, subject, before, after }) => ({
      id: newId(),
      environmentId,
      kind,
      byId: by?.id ?? null,
      byName: by?.name ?? null,
      subjectType: subject.type,
      subjectId: subject.id,
      subjectName: subject.name,
      address: from,
      before: toJson(before),
      after: toJson(after),
    })),
  });
};

/** Adds one row. */
export const recordActivity = (tx: Tx, happening: Happening): Promise<void> => recordActivities(tx, [happening]);

/** The fields that differ, whatever the order of the names in them (jsonb has its own), as they were and as they are: what `before` and `after` of a change hold. */
export const changes = (before: Json, after: Json): { before: Json; after: Json } => {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const pick = (from: Json) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
};
