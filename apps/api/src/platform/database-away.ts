/** What Prisma calls a server that cannot be reached, that ended the connection, or that did not answer in time. */
const prismaCodes: ReadonlySet<unknown> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
const adapterKinds: ReadonlySet<unknown> = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
]);
/** PostgreSQL's classes of errors about connections (08) and about a server that ends or starts (57P). */
const serverCodes = /^(08|57P)/;
/** What the driver says of a connection that is gone; it gives no code. */
const driverWords =
  /^(Connection terminated|Client has encountered a connection error|terminating connection|timeout exceeded when trying to connect)/;

type Told = { code?: unknown; message?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown } };
type Cause = { kind?: unknown; code?: unknown; originalCode?: unknown };

/** Whether an error says that the database was away: what was asked of it may be asked again, and is no fault of who asked. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code, message, cause, meta } = error as Told;
  const { kind, ...driver } = ((meta?.driverAdapterError as Told | undefined)?.cause ?? cause ?? {}) as Cause;
  return (
    prismaCodes.has(code) ||
    adapterKinds.has(kind) ||
    [driver.code, driver.originalCode].some((one) => serverCodes.test(String(one))) ||
    driverWords.test(String(message))
  );
};
