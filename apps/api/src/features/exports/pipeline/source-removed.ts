import { type Doing, permanent } from '../../lake/index.ts';
import type { StoredChoice } from '../rules.ts';

const doing: Doing = { phase: 'preparing' };

/** Why an entity cannot be read whose source is not there any more. */
export const sourceRemoved = ({ name, sourceName }: StoredChoice) =>
  permanent(
    {
      code: 'sourceRemoved',
      message: `The connection "${sourceName}", which "${name}" is read from, was removed.`,
      remedy: 'Restore the connection, or take the entity out of the export.',
    },
    { ...doing, entity: name },
  );
