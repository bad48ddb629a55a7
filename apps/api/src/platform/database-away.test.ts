import { expect, it } from 'vitest';
import { isDatabaseAway } from './database-away.ts';

const known = (code: string, cause?: object) =>
  Object.assign(new Error('Raw query failed.'), { code, meta: cause && { driverAdapterError: { cause } } });

it.each<[string, unknown]>([
  ['was ended by the server', known('P2010', { kind: 'postgres', code: '57P01', originalCode: '57P01' })],
  ['was ended in a transaction', known('P2039', { kind: 'postgres', code: '57P01' })],
  ['was closed', known('P2010', { kind: 'ConnectionClosed' })],
  ['could not be opened', known('P1001')],
  ['was not free in time', known('P2024')],
  ['was gone', new Error('Connection terminated unexpectedly')],
  ['had been gone before', new Error('Client has encountered a connection error and is not queryable')],
  [
    'was gone, says the adapter',
    Object.assign(new Error('x'), { name: 'DriverAdapterError', cause: { code: '57P01' } }),
  ],
])('a connection that %s means that the database was away', (_what, error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

it.each<[string, unknown]>([
  ['a row that is there twice', known('P2002', { kind: 'UniqueConstraintViolation', originalCode: '23505' })],
  ['a wrong statement', known('P2010', { kind: 'postgres', code: '42601' })],
  ['another connection', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
  ['a fault', new TypeError('x is not a function')],
  ['nothing', undefined],
])('%s does not', (_what, error) => {
  expect(isDatabaseAway(error)).toBe(false);
});
