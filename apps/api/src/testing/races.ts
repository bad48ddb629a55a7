import type { AnyEndpoint } from '@junction/contracts';
import type { House } from '../house.ts';
import type { TestClient } from './client.ts';
import { isServer } from './database.ts';

/** Pairs of each race. The embedded database runs one transaction at a time, so there a few show that the test itself is right. */
export const racePairs = isServer ? 200 : 10;
/** Pairs that race at the same time: as many requests as keep every database connection of one instance busy. */
const pairsAtOnce = 6;

type Answer = { status: number; text: string };
export type Racers<One extends Answer, Other extends Answer> = [() => Promise<One>, () => Promise<Other>];

/** Makes what each pair races for, a few at a time. */
const preparedAtOnce = 8;

export const prepare = async <Pair>(count: number, make: (index: number) => Promise<Pair>): Promise<Pair[]> => {
  const made: Pair[] = [];
  while (made.length < count) {
    const batch = Array.from(
      { length: Math.min(preparedAtOnce, count - made.length) },
      (_, step) => made.length + step,
    );
    made.push(...(await Promise.all(batch.map(make))));
  }
  return made;
};

/** Lets each pair start at once, every second one the other way round. Resolves with both answers of each. */
export const race = async <One extends Answer, Other extends Answer>(
  pairs: readonly Racers<One, Other>[],
): Promise<[One, Other][]> => {
  const ended: [One, Other][] = [];
  const run = async ([one, other]: Racers<One, Other>, index: number): Promise<[One, Other]> => {
    if (index % 2 === 0) return Promise.all([one(), other()]);
    const [second, first] = await Promise.all([other(), one()]);
    return [first, second];
  };
  for (let start = 0; start < pairs.length; start += pairsAtOnce) {
    const batch = pairs.slice(start, start + pairsAtOnce);
    ended.push(...(await Promise.all(batch.map((racers, index) => run(racers, start + index)))));
  }
  return ended;
};

let addresses = 0;
/** The same client from another address with each request, behind one trusted proxy: nobody may ask as often from one. */
export const fromAnywhere = (client: TestClient): TestClient =>
  Object.assign(
    <E extends AnyEndpoint>(endpoint: E, extra: Parameters<typeof client<E>>[1] = {}) => {
      addresses += 1;
      const address = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
      return client(endpoint, { ...extra, headers: { ...extra.headers, 'x-forwarded-for': address } });
    },
    { cookie: client.cookie },
  );

type Broken = { promise: string; id: string };

/** What must hold in an environment at any time, whoever did what: nothing of it is returned while it does. */
export const brokenPromises = ({ db }: Pick<House, 'db'>, environmentId: string): Promise<Broken[]> => db.$queryRaw`
  SELECT 'no export is connected to a removed connection' AS "promise", x."id"::text AS "id"
    FROM "Export" x JOIN "Connection" c ON c."id" = x."connectionId"
   WHERE x."environmentId" = ${environmentId}::uuid AND (c."removedAt" IS NOT NULL OR c."environmentId" <> x."environmentId")
  UNION ALL
  SELECT 'an export knows how many of its entities have lost their source', x."id"::text
    FROM "Export" x
   WHERE x."environmentId" = ${environmentId}::uuid AND x."lostEntities" <> (
     SELECT count(*) FROM "ExportEntity" r LEFT JOIN "Connection" s ON s."id" = r."connectionId" AND s."removedAt" IS NULL
      WHERE r."exportId" = x."id" AND s."id" IS NULL)
  UNION ALL
  SELECT 'no run waits that could not be made', x."id"::text
    FROM "Export" x
   WHERE x."environmentId" = ${environmentId}::uuid AND x."runState" = 'queued'
     AND (x."connectionId" IS NULL OR x."lostEntities" > 0)
  UNION ALL
  SELECT 'no run goes on whose export is gone or cannot run, unless it is being published', r."id"::text
    FROM "Run" r LEFT JOIN "Export" x ON x."id" = r."subjectId"
   WHERE r."environmentId" = ${environmentId}::uuid AND r."kind" = 'export' AND r."finishedAt" IS NULL AND r."phase" <> 'publishing'
     AND (x."connectionId" IS NULL OR x."connectionId" <> r."connectionId" OR x."lostEntities" > 0)
  UNION ALL
  SELECT 'an export shows its last run as the ledger has it', x."id"::text
    FROM "Export" x LEFT JOIN LATERAL (
      SELECT r."id", r."state" FROM "Run" r WHERE r."subjectId" = x."id"
       ORDER BY r."finishedAt" DESC NULLS FIRST, r."id" DESC LIMIT 1) l ON TRUE
   WHERE x."environmentId" = ${environmentId}::uuid
     AND (x."lastRunId" IS DISTINCT FROM l."id" OR x."runState" IS DISTINCT FROM l."state")`;

/** How often each kind of change was told of each thing, denials apart. */
export const toldChanges = async (
  { db }: Pick<House, 'db'>,
  environmentId: string,
): Promise<Record<string, number>> => {
  const rows = await db.activity.groupBy({
    by: ['kind', 'subjectId'],
    where: { environmentId, kind: { notIn: ['access.denied', 'environment.created'] } },
    _count: true,
  });
  return Object.fromEntries(rows.map(({ kind, subjectId, _count }) => [`${kind} ${subjectId}`, _count]));
};
