import { filterErrors } from '@junction/contracts';
import type { EntityNow } from '../../lake/index.ts';
import { type Doing, permanent } from '../../lake/index.ts';
import type { StoredChoice } from '../rules.ts';

const doing: Doing = { phase: 'preparing' };

/** Throws when an entity has not the columns any more that were chosen, or that the filter is about. */
export const requireFits = ({ name, columns: choice, filter }: StoredChoice, { columns }: EntityNow): void => {
  const known = new Set(columns.map((column) => column.name));
  const gone = choice === 'all' ? [] : choice.filter((chosen) => !known.has(chosen.name));
  if (gone.length > 0) {
    const names = gone.map((chosen) => `"${chosen.name}"`).join(', ');
    const message = `"${name}" has no column ${names} any more.`;
    const remedy = 'Edit the export and choose among the columns that the entity has now.';
    throw permanent({ code: 'columnsGone', message, remedy }, { ...doing, entity: name });
  }
  const [problem] = filter === null ? [] : filterErrors(filter, columns, 'filter');
  if (problem === undefined) return;
  const message = `The filter of "${name}" does not fit its columns any more. ${problem.message}`;
  const remedy = 'Edit the export and correct the filter.';
  throw permanent({ code: 'filterUnfit', message, remedy }, { ...doing, entity: name });
};
