import {
  isRunLive,
  type ProfileImportPhase,
  type ProfileImportStatus,
  type RunPhase,
  type RunProblem,
  type RunState,
} from '@junction/contracts';
import { isForGood } from '../../runs/index.ts';

/** How far a run is, as the ledger has it. */
export type Progress = {
  phase: RunPhase;
  /** The check of the connection has passed in this run. */
  isVerified: boolean;
  bytesRead: number;
  bytesTotal: number | null;
};

/**
 * What an import is at, in words for people. The ledger knows preparing, moving and publishing: the first is verifying until the check has
 * passed, and the second is reading until every byte is here. What was read is tallied meanwhile, so what is left then is aggregating.
 */
export const importPhaseOf = ({ phase, isVerified, bytesRead, bytesTotal }: Progress): ProfileImportPhase => {
  switch (phase) {
    case 'waiting':
    case 'over':
      return phase;
    case 'preparing':
      return isVerified ? 'catalog' : 'verify';
    case 'counting':
    case 'moving':
      return bytesTotal !== null && bytesRead < bytesTotal ? 'read' : 'aggregate';
    case 'publishing':
      return 'publish';
  }
};

/** What the status of profile data follows from. */
export type Facts = {
  /** Of the last import, null before the first one. */
  runState: RunState | null;
  /** What it is at. */
  phase: ProfileImportPhase;
  /** Why the last one that came to an end failed; null after one that did not. */
  problem: Pick<RunProblem, 'code' | 'isTransient'> | null;
  hasReport: boolean;
};

/** How the profile data of a connection stands. One that was canceled leaves it as it was before. */
export const importStatusOf = ({ runState, phase, problem, hasReport }: Facts): ProfileImportStatus => {
  if (isRunLive(runState)) {
    if (phase === 'waiting') return 'waiting';
    return phase === 'verify' ? 'verifying' : 'importing';
  }
  if (problem !== null) return isForGood(problem) ? 'actionRequired' : 'failing';
  return hasReport ? 'active' : 'waiting';
};
