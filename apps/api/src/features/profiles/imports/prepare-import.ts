import type { CheckResult, ProfileMapping } from '@junction/contracts';
import type { House } from '../../../house.ts';
import { verifyConnection } from '../../connections/index.ts';
import {
  asStepError,
  type CustomersNow,
  type Doing,
  type PlannedFile,
  permanent,
  plannedFile,
  readCustomers,
  transient,
} from '../../lake/index.ts';
import type { Lease, Prepared, RunTask } from '../../runs/index.ts';
import { fingerprintOf, type ImportPlan, missingColumn } from './plan.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits' | 'env'>;

const doing: Doing = { phase: 'preparing' };

const connectionRemoved = {
  code: 'connectionRemoved',
  message: 'The connection was removed.',
  remedy: 'Restore the connection.',
};

const customersMissing = {
  code: 'customersMissing',
  message: 'The metadata describes no entity called Customer.',
  remedy: 'Have audience insights write its unified customers, or choose the folder that they are in.',
};

/** Why a scheduled look ends without reading. */
const sourceUnchanged = {
  code: 'sourceUnchanged',
  message: 'Neither the metadata nor a file of the customers has changed.',
  isTransient: false,
};

/** What a check says that did not pass: the same code, message and remedy as the check of the connection shows. */
const checkFailed = ({ outcome, steps }: CheckResult) => {
  const failed = steps.find(({ status }) => status === 'failed');
  const { code = 'checkFailed', message = 'The check of the connection did not pass.', remedy } = failed ?? {};
  return (outcome === 'failing' ? transient : permanent)({ code, message, remedy: remedy?.text }, doing);
};

/** Checks the connection, once in a run: whoever tries the rest again need not. */
const verify = async (house: Needs, run: RunTask, lease: Lease): Promise<void> => {
  if (run.fixed !== null) return;
  const result = await verifyConnection(house, run, lease.signal);
  if (result === undefined) throw permanent(connectionRemoved, doing);
  if (result.outcome !== 'passed') throw checkFailed(result);
  await lease.fix({ verified: true });
};

/** The customers and their files, as the lake has them after the run was asked for. */
const findCustomers = async (
  house: Needs,
  run: RunTask,
  signal: AbortSignal,
): Promise<{ customers: CustomersNow; files: PlannedFile[] }> => {
  const { environmentId, connectionId } = run;
  // Who tries again reads again: a reading that failed is kept as well.
  const since = run.attempt === 1 ? run.queuedAt : house.clock.now();
  const found = await readCustomers(house, { environmentId, connectionId, since }, signal);
  if ('failed' in found) throw (found.failed.isTransient ? transient : permanent)(found.failed, doing);
  const { customers } = found;
  if (customers === undefined) throw permanent(customersMissing, doing);
  if (customers.problem) throw permanent(customers.problem, { ...doing, entity: customers.name });
  return { customers, files: customers.partitions.map((partition) => plannedFile(customers.name, partition)) };
};

const columnMissing = (column: string, entity: string) =>
  permanent(
    {
      code: 'columnMissing',
      message: `The customers have no column "${column}".`,
      remedy: 'Choose another column for it in the import of the connection.',
    },
    { ...doing, entity },
  );

const planOf = (
  house: Needs,
  mapping: ProfileMapping,
  { name, model, columns, writtenAt }: CustomersNow,
  files: readonly PlannedFile[],
): ImportPlan => {
  const made = {
    entity: name,
    columns: columns.map((column) => ({ name: column.name, type: column.type, dataType: column.dataType })),
    mapping,
    threshold: house.env.JUNCTION_PROFILE_THRESHOLD,
  };
  return { ...made, dataAsOf: writtenAt, fingerprint: fingerprintOf({ ...made, model }, files) };
};

const prepare = async (house: Needs, run: RunTask, lease: Lease): Promise<Prepared> => {
  await verify(house, run, lease);
  const row = await house.db.profileImport.findUnique({ where: { connectionId: run.subjectId } });
  if (row === null) throw permanent(connectionRemoved, doing);
  const { customers, files } = await findCustomers(house, run, lease.signal);
  const mapping = row.mapping as ProfileMapping;
  const missing = missingColumn(mapping, customers.columns);
  if (missing) throw columnMissing(missing.column, customers.name);
  const plan = planOf(house, mapping, customers, files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const prepared = { plan, folderTimes: [], bytesTotal: bytes, counts: false };
  if (run.trigger === 'schedule' && row.fingerprint === plan.fingerprint)
    return { ...prepared, parts: [], skip: sourceUnchanged };
  // All of it is one part: counts of customers are kept in the engine of one process until the last file was read, and to put those of
  // several together would be to write customers' values somewhere in between.
  return { ...prepared, parts: [{ entity: 0, entityName: customers.name, files, bytes }] };
};

/** Verifies the connection and finds out what there is to read. A scheduled look at what the report was made of ends here. */
export const prepareImport = async (house: Needs, run: RunTask, lease: Lease): Promise<Prepared> => {
  try {
    return await prepare(house, run, lease);
  } catch (error) {
    lease.signal.throwIfAborted();
    throw asStepError(error, doing);
  }
};
