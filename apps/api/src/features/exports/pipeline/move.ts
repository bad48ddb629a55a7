import type { House } from '../../../house.ts';
import type { Lease, PartResult, PartTask, RunTask } from '../../runs/index.ts';
import { withDestination } from './open-places.ts';
import { sendPart } from './send-part.ts';
import { stagePart } from './stage-part.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'spool' | 'engine'>;

/** Moves a part from its source to where nobody sees it yet; to a destination that takes rows, for good. */
export const movePart = (house: Needs, run: RunTask, part: PartTask, lease: Lease): Promise<PartResult> =>
  withDestination(house, run, { phase: 'moving', entity: part.entityName }, (destination) =>
    destination.takes === 'files'
      ? stagePart(house, destination, run, part, lease)
      : sendPart(house, destination, run, part, lease),
  );
