import { parseOrderBy } from '@junction/contracts';
import * as z from 'zod';
import { invalidField } from './app-error.ts';
import { Prisma } from './prisma/client.ts';
import { isStorableTime } from './storable-time.ts';

type Sql = Prisma.Sql;

/** Makes the address of the next page from the token that it starts at. */
export type NextLink = (skiptoken: string) => string;

/**
 * A value that a list can be ordered by: the expression, which is never null, and the type that its text is read back as. A list
 * that is ordered by several texts has them in one jsonb array, which compares them one after the other as the database does.
 */
export type OrderField = { by: Sql; type: 'text' | 'timestamptz' | 'integer' | 'jsonb' };

type Order<Field extends string> = {
  fields: Readonly<Record<Field, OrderField>>;
  /** The order of who does not ask for one. */
  usual: { field: NoInfer<Field>; descending: boolean };
};

/** PostgreSQL writes `2026-11-21 23:12:36.641+00`, with minutes in the offset only where there are some. */
const toRfc3339 = (text: string): string => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');

const isTexts = (text: string): boolean => {
  try {
    const parts = z.array(z.string()).parse(JSON.parse(text));
    return parts.every((part) => part.isWellFormed() && !part.includes('\0'));
  } catch {
    return false;
  }
};

/** What a token holds is sent to the database again, so it must look like what the database gave out. */
const keyShapes = {
  text: z.string().regex(/^[^\0]*$/),
  timestamptz: z.string().refine((text) => text === '-infinity' || isStorableTime(toRfc3339(text))),
  integer: z.string().regex(/^-?\d{1,9}$/),
  jsonb: z.string().refine(isTexts),
} as const;

type Place = { order: string; key: string; id: string };

const writeToken = ({ order, key, id }: Place): string =>
  Buffer.from(JSON.stringify([order, key, id])).toString('base64url');

const readToken = (token: string, order: string, type: OrderField['type']): Place => {
  const Shape = z.tuple([z.literal(order), keyShapes[type], z.uuid()]);
  try {
    const [, key, id] = Shape.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    return { order, key, id };
  } catch {
    throw invalidField('skiptoken', 'invalid', 'Take the skiptoken from a nextLink of this list, in the same order.');
  }
};

const readOrder = <Field extends string>(text: string | undefined, { fields, usual }: Order<Field>) => {
  if (text === undefined) return usual;
  const names = Object.keys(fields) as Field[];
  const order = parseOrderBy(text, names);
  if (order) return order;
  throw invalidField('orderby', 'invalid', `Order by one of ${names.join(', ')}, with or without " desc".`);
};

/** The columns that a row of a page brings along for the next page. */
export type PageRow = { pageKey: string; pageId: string };

/** The parts of a list's SQL that make it a page, and what turns its rows into the answer. */
export type Page = {
  /** Goes into SELECT. */
  columns: Sql;
  /** Goes into WHERE: only rows behind the page before. */
  after: Sql;
  /** Goes last: ORDER BY and LIMIT. */
  order: Sql;
  toList<Row extends PageRow, Item>(
    rows: readonly Row[],
    toItem: (row: Row) => Item,
    nextLink: NextLink,
  ): { value: Item[]; nextLink?: string };
};

type Asked = { orderby?: string; skiptoken?: string; maxpagesize: number };

/**
 * Reads how a list is asked for and gives the SQL of that page. A page starts behind the last row of the one before, found by
 * its value and id and not by counting, so that rows which come and go in between make none appear twice or never.
 * Without `order` the list is newest first, by id. Throws invalidInput for an order or a token that is not one of ours.
 */
export const readPage = <Field extends string>(
  { orderby, skiptoken, maxpagesize }: Asked,
  { id, order }: { id: Sql; order?: Order<Field> },
): Page => {
  const { field, descending } = order ? readOrder(orderby, order) : { field: 'id', descending: true };
  const { by, type } = order ? order.fields[field as Field] : { by: Prisma.sql`''`, type: 'text' as const };
  const orderName = `${field}${descending ? ' desc' : ''}`;
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const comparison = descending ? Prisma.sql`<` : Prisma.sql`>`;
  const start = skiptoken === undefined ? undefined : readToken(skiptoken, orderName, type);
  const afterStart = (place: Place) =>
    order
      ? Prisma.sql`(${by}, ${id}) ${comparison} (${place.key}::${Prisma.raw(type)}, ${place.id}::uuid)`
      : Prisma.sql`${id} ${comparison} ${place.id}::uuid`;
  return {
    columns: Prisma.sql`(${by})::text AS "pageKey", ${id}::text AS "pageId"`,
    after: start ? afterStart(start) : Prisma.sql`TRUE`,
    order: Prisma.sql`ORDER BY ${order ? Prisma.sql`${by} ${direction}, ` : Prisma.empty}${id} ${direction} LIMIT ${maxpagesize + 1}`,
    toList: (rows, toItem, nextLink) => {
      const value = rows.slice(0, maxpagesize);
      const last = value.at(-1);
      const isMore = rows.length > maxpagesize && last !== undefined;
      return {
        value: value.map(toItem),
        ...(isMore ? { nextLink: nextLink(writeToken({ order: orderName, key: last.pageKey, id: last.pageId })) } : {}),
      };
    },
  };
};
