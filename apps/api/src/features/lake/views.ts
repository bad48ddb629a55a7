import type { CatalogProblem } from '@junction/contracts';

/** What decides whether an entity can be read now. */
type Readability = { goneAt: Date | null; problem: unknown };

const gone: CatalogProblem = {
  code: 'entityGone',
  message: 'The metadata of its source no longer names this entity.',
  remedy: 'Choose another entity, or have the entity restored at its source.',
};

/** Why an entity cannot be read now; null when it can. */
export const entityProblem = ({ goneAt, problem }: Readability): CatalogProblem | null =>
  goneAt === null ? (problem as CatalogProblem | null) : gone;
