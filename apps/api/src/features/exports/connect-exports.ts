import { takesOf } from '@junction/connectors/manifests';
import type * as contract from '@junction/contracts';
import type { Actor, BulkResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { canTakeOver } from '../connections/index.ts';
import { cancelTheirs } from './cancel-theirs.ts';
import { requireUsable } from './choose-connection.ts';
import { idsOf, inBulk } from './in-bulk.ts';
import { type Refusal, requireEditor } from './rules.ts';
import { connectAll } from './store.ts';
import { happening } from './tell-activity.ts';

const sendsFiles: Refusal = {
  code: 'incompatible',
  message: 'It sends files, and this connection takes rows. Edit the export to choose it.',
};
const sendsRows: Refusal = {
  code: 'incompatible',
  message: 'It sends rows, and this connection takes files. Edit the export to choose it, with a format and a folder.',
};

/**
 * Connects exports to one connection, in place of the one that they have or lost. Those that have it already stay as they are; so do those
 * that were made for files where rows are taken, and the reverse.
 */
export const connectExports = (
  house: Pick<House, 'db' | 'clock' | 'connectors' | 'runFollower'>,
  actor: Actor,
  asked: Asked<typeof contract.connectExports>,
): Promise<BulkResult> => {
  const { connectionId } = asked.body;
  const manifestOf = (type: string | null | undefined) =>
    house.connectors.find(({ manifest }) => manifest.type === type)?.manifest;
  return inBulk(house, actor, asked, {
    deed: 'connect',
    connectionId,
    require: (person, connections) => {
      requireEditor(person.role);
      requireUsable(house.connectors, person, connections.get(connectionId));
    },
    refuse: ({ connection, lostConnectionType }, held) => {
      const to = manifestOf(held.get(connectionId)?.type);
      if (to === undefined || canTakeOver(manifestOf(connection?.type ?? lostConnectionType), to)) return undefined;
      return takesOf(to) === 'rows' ? sendsFiles : sendsRows;
    },
    change: async (tx, rows, { connections, who }) => {
      const changed = rows.filter((row) => row.connectionId !== connectionId);
      const at = house.clock.now();
      await connectAll(tx, idsOf(changed), connectionId, at);
      await cancelTheirs(house, tx, changed, { because: 'connectionChanged', who, at });
      const after = { connection: connections.get(connectionId)?.name ?? null };
      const told = changed.map((row) =>
        happening('export.connected', who, row, { before: { connection: row.connection?.name ?? null }, after }),
      );
      return { done: idsOf(rows), told };
    },
  });
};
