import type { SourceFiles } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import { openTarget } from '../../connections/index.ts';
import { asReadError, type Doing, permanent } from './failures.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock'>;
type Which = { environmentId: string; connectionId: string };

const sourceRemoved = {
  code: 'sourceRemoved',
  message: 'The connection that is read from was removed.',
  remedy: 'Restore the connection, or take its entities out of the export.',
};

const notSource = {
  code: 'notSource',
  message: 'Nothing can be read from connections of this type.',
  remedy: 'Take its entities out of the export.',
};

/** Does something with the files of a source; its failures come out as the step's. */
export const withSource = async <T>(
  house: Needs,
  which: Which,
  doing: Doing,
  work: (files: SourceFiles) => Promise<T>,
): Promise<T> => {
  const opened = await openTarget(house, which);
  if (opened === undefined) throw permanent(sourceRemoved, doing);
  if ('problem' in opened) throw permanent(opened.problem, doing);
  const { connector, target } = opened;
  const context = { outbound: house.outbound, now: () => house.clock.now() };
  const files = connector.openSource?.(target, context);
  if (files === undefined) throw permanent(notSource, doing);
  try {
    return await work(files);
  } catch (error) {
    throw asReadError(error, doing, Object.values(target.secrets));
  } finally {
    files.close();
  }
};
