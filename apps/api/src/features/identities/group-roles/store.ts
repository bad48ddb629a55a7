import type { Role } from '@junction/contracts';
import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';

export type GroupRoleRow = {
  id: string;
  environmentId: string;
  value: string;
  name: string;
  role: string;
  version: number;
  createdAt: Date;
};

/** One of an environment's; null when there is none of this id. */
export const findGroupRole = (db: Db | Tx, environmentId: string, id: string): Promise<GroupRoleRow | null> =>
  db.groupRole.findFirst({ where: { id, environmentId } });

export const isValueTaken = async (tx: Tx, environmentId: string, value: string): Promise<boolean> =>
  (await tx.groupRole.count({ where: { environmentId, value } })) > 0;

export const insertGroupRole = (
  tx: Tx,
  row: Omit<GroupRoleRow, 'version' | 'role'> & { role: Role },
): Promise<GroupRoleRow> => tx.groupRole.create({ data: row });

export const changeGroupRole = (tx: Tx, id: string, values: { name?: string; role?: Role }): Promise<GroupRoleRow> =>
  tx.groupRole.update({ where: { id }, data: { ...values, version: { increment: 1 } } });

export const removeGroupRole = async (tx: Tx, id: string): Promise<void> => {
  await tx.groupRole.delete({ where: { id }, select: { id: true } });
};

/** Those of an environment; `where` narrows them down, `rest` orders and limits them. */
export const selectGroupRoles = <More = unknown>(
  db: Db,
  environmentId: string,
  { columns, where, rest }: { columns: Prisma.Sql; where: Prisma.Sql; rest: Prisma.Sql },
) =>
  db.$queryRaw<(GroupRoleRow & More)[]>`
    SELECT g."id"::text AS "id", g."environmentId"::text AS "environmentId", g."value", g."name", g."role", g."version", g."createdAt",
           ${columns}
      FROM "GroupRole" g WHERE g."environmentId" = ${environmentId}::uuid AND ${where} ${rest}`;

/** SQL for a name as lists are ordered by it. */
export const nameInOrder = Prisma.sql`lower(g."name")`;
