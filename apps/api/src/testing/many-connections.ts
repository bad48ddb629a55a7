import { consentTextVersion } from '@junction/contracts';
import { newWrappedKey, sealSecrets } from '../features/connections/secrets.ts';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';

/** Rows per statement: well below the 65,535 parameters that PostgreSQL takes. */
const batchSize = 1_000;

const words = ['Lake', 'Exports', 'Archive', 'Marketing', 'Sales', 'Finance', 'Support', 'Research', 'Partners', 'Web'];
const places = ['Berlin', 'Oslo', 'Lima', 'Osaka', 'Austin', 'Accra', 'Delhi', 'Quito', 'Turin', 'Perth', 'Riga'];
const outcomes = ['passed', 'passed', 'passed', 'passed', 'actionRequired', 'failing', null] as const;

const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000);

const nameOf = (index: number) =>
  `${words[index % words.length]} ${places[index % places.length]} ${String(index).padStart(5, '0')}`;

/** The parts of connection number `index` that people look at: always the same for the same number. */
const appearance = (index: number, now: Date) => {
  const outcome = outcomes[index % outcomes.length] ?? null;
  return {
    name: nameOf(index),
    type: index % 3 === 0 ? 'azure-blob' : 'adls-gen2',
    settings: {
      accountName: `contoso${index}`,
      container: 'exports',
      baseFolder: `teams/${index % 40}`,
      authentication: 'sharedKey',
    },
    sharedWith: index % 4 === 0 ? 'adminsAndContributors' : 'admins',
    isPaused: index % 50 === 0,
    // Nothing probes places that do not exist.
    nextCheckAt: null,
    lastOutcome: outcome,
    lastReason:
      outcome === 'passed' || outcome === null
        ? undefined
        : { step: 'authenticate', code: 'keyRejected', message: 'The account key was rejected.' },
    lastCheckedAt: outcome === null ? null : minutesBefore(now, index % 500),
    createdAt: minutesBefore(now, index),
    updatedAt: minutesBefore(now, index),
  };
};

type Wanted = { environmentId: string; owner: { id: string; name: string }; count: number };

/**
 * Adds connections by the thousand, each with a sealed key of its own, to see and measure big lists. They lead nowhere. Those
 * that are there already stay as they are. Returns how many were added.
 */
export const makeManyConnections = async (
  house: Pick<House, 'db' | 'vault' | 'clock'>,
  { environmentId, owner, count }: Wanted,
): Promise<number> => {
  const now = house.clock.now();
  const present = await house.db.connection.findMany({ where: { environmentId }, select: { name: true } });
  const names = new Set(present.map(({ name }) => name));
  const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !names.has(nameOf(index)));
  const person = { consentById: owner.id, consentByName: owner.name, createdById: owner.id, createdByName: owner.name };
  const accountKey = Buffer.alloc(64, 'not a real key').toString('base64');
  for (let start = 0; start < missing.length; start += batchSize) {
    const rows = missing.slice(start, start + batchSize).map((index) => {
      const ids = { id: newId(), environmentId };
      return {
        ...ids,
        ...person,
        ...appearance(index, now),
        consentAt: minutesBefore(now, index),
        consentTextVersion,
      };
    });
    const keys = new Map(rows.map((row) => [row.id, newWrappedKey(house, row)]));
    const keyOf = ({ id }: { id: string }) => keys.get(id) ?? new Uint8Array(0);
    await house.db.connection.createMany({ data: rows });
    await house.db.connectionKey.createMany({
      data: rows.map((row) => ({ connectionId: row.id, wrappedKey: keyOf(row) })),
    });
    await house.db.connectionSecret.createMany({
      data: rows.flatMap((row) => {
        const endpoint = `https://${row.settings.accountName}.${row.type === 'adls-gen2' ? 'dfs' : 'blob'}.core.windows.net`;
        return sealSecrets(house, { ...row, wrappedKey: keyOf(row) }, { given: { accountKey }, endpoint }).map(
          (secret) => ({
            ...secret,
            connectionId: row.id,
            setAt: row.createdAt,
          }),
        );
      }),
    });
  }
  return missing.length;
};
