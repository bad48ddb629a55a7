import type { House } from '../../../house.ts';
import type { RunSteps } from '../../runs/index.ts';
import { cleanRun } from './clean.ts';
import { giveUpRun } from './give-up.ts';
import { judgeRows } from './judge.ts';
import { entityFolder } from './layout.ts';
import { movePart } from './move.ts';
import type { RunPlan } from './plan.ts';
import { prepareRun } from './prepare.ts';
import { publishRun } from './publish.ts';
import { countPart } from './transform-part.ts';

export { readPreview } from './read-preview.ts';

type Needs = Pick<
  House,
  'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits' | 'spool' | 'engine'
>;

/** Where a run writes each of its entities; null where it sends rows, or has not been given a time yet. */
const foldersOf: RunSteps['foldersOf'] = ({ plan, folderTime }) => {
  const { folder, entities } = plan as RunPlan;
  return entities.map((entity) => ({
    entity: entity.name,
    folder: folderTime === null ? null : entityFolder(folder, entity, folderTime),
  }));
};

/** What is done in the steps of a run, over what a house has. */
export const createRunSteps = (house: Needs): RunSteps => ({
  prepare: (run, lease) => prepareRun(house, run, lease),
  count: (run, part, lease) => countPart(house, run, part, lease),
  judge: judgeRows,
  move: (run, part, lease) => movePart(house, run, part, lease),
  publish: (run, parts, lease) => publishRun(house, run, parts, lease),
  giveUp: (run, parts, lease) => giveUpRun(house, run, parts, lease),
  clean: (run, lease) => cleanRun(house, run, lease),
  foldersOf,
});
