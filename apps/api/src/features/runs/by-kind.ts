import type { RunFollower, RunKind, RunSteps } from './work.ts';

/** The steps of runs of every kind, made of those of each. */
export const runStepsByKind = (of: Readonly<Record<RunKind, RunSteps>>): RunSteps => ({
  prepare: (run, lease) => of[run.kind].prepare(run, lease),
  count: (run, part, lease) => of[run.kind].count(run, part, lease),
  judge: (run, counted) => of[run.kind].judge(run, counted),
  move: (run, part, lease) => of[run.kind].move(run, part, lease),
  publish: (run, parts, lease) => of[run.kind].publish(run, parts, lease),
  giveUp: (run, parts, lease) => of[run.kind].giveUp(run, parts, lease),
  clean: (run, lease) => of[run.kind].clean(run, lease),
  foldersOf: (run) => of[run.kind].foldersOf(run),
});

/** Tells whoever follows each kind of its runs. What exports show is locked first, as everywhere. */
export const runFollowerByKind =
  (of: Readonly<Record<RunKind, RunFollower>>): RunFollower =>
  async (tx, changes) => {
    for (const kind of ['export', 'import'] as const) {
      const ofKind = changes.filter((change) => change.kind === kind);
      if (ofKind.length > 0) await of[kind](tx, ofKind);
    }
  };
