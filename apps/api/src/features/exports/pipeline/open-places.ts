import type { Destination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import { openRemovedTarget, openTarget } from '../../connections/index.ts';
import { asStepError, type Doing, permanent } from '../../lake/index.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock'>;
type Which = { environmentId: string; connectionId: string };

const connectionRemoved = {
  code: 'connectionRemoved',
  message: 'The connection of the export was removed.',
  remedy: 'Connect the export to another connection, or restore the removed one.',
};

const notDestination = {
  code: 'notDestination',
  message: 'Data is only read from connections of this type.',
  remedy: 'Connect the export to another connection.',
};

/** Does something with the place that an export writes to; failures of the place come out as the step's. `orRemoved` takes a connection that was removed as well. */
export const withDestination = async <T>(
  house: Needs,
  which: Which,
  { orRemoved = false, ...doing }: Doing & { orRemoved?: boolean },
  work: (destination: Destination) => Promise<T>,
): Promise<T> => {
  const opened = await (orRemoved ? openRemovedTarget : openTarget)(house, which);
  if (opened === undefined) throw permanent(connectionRemoved, doing);
  if ('problem' in opened) throw permanent(opened.problem, doing);
  const { connector, target } = opened;
  const context = { outbound: house.outbound, now: () => house.clock.now() };
  const destination = connector.openDestination?.(target, context);
  if (destination === undefined) throw permanent(notDestination, doing);
  try {
    return await work(destination);
  } catch (error) {
    throw asStepError(error, doing, Object.values(target.secrets));
  } finally {
    destination.close();
  }
};
