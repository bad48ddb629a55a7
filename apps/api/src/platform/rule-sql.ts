import { Prisma } from './prisma/client.ts';

type Value = string | boolean | null;
type Rule<Status extends string, Fact extends string> = { status: Status } & { readonly [Name in Fact]?: Value };

/**
 * A table of rules as SQL: the status of the first rule whose facts all hold, else `otherwise`. `facts` has the expression of
 * each fact. `word` is that status as text, `rankIn` where it stands in a list of all of them, for lists that are ordered by it.
 */
export const ruleSql = <Status extends string, Fact extends string>(
  rules: readonly Rule<Status, NoInfer<Fact>>[],
  facts: Readonly<Record<Fact, Prisma.Sql>>,
  otherwise: Status,
): { word: Prisma.Sql; rankIn(statuses: readonly Status[]): Prisma.Sql } => {
  const names = Object.keys(facts) as Fact[];
  const condition = (rule: Rule<Status, Fact>) =>
    Prisma.join(
      names
        .filter((name) => rule[name] !== undefined)
        .map((name) => Prisma.sql`${facts[name]} IS NOT DISTINCT FROM ${rule[name] as Value}`),
      ' AND ',
    );
  const statusCase = (say: (status: Status) => Prisma.Sql) =>
    Prisma.sql`(CASE ${Prisma.join(
      rules.map((rule) => Prisma.sql`WHEN ${condition(rule)} THEN ${say(rule.status)}`),
      ' ',
    )} ELSE ${say(otherwise)} END)`;
  return {
    word: statusCase((status) => Prisma.sql`${status}::text`),
    rankIn: (statuses) => statusCase((status) => Prisma.sql`${statuses.indexOf(status)}::integer`),
  };
};
