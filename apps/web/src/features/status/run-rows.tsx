import type { Run } from '@junction/contracts';
import { paths } from '../../lib/paths.ts';
import { askedWords } from '../../lib/run-words.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RunProgressBar } from '../../ui/run-progress.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Reason, StatusRow } from './status-row.tsx';

const commonOf = (run: Run) => ({
  mark: <StatusBadge status={run.state} />,
  name: { text: run.export.name, path: paths.export(run.environmentId, run.export.id) },
  about: `To ${run.connection.name} · ${askedWords(run)}`,
  links: [{ text: 'Show the run', path: paths.run(run.environmentId, run.export.id, run.id) }],
});

/** A run that waits or is under way: how far it is, and what it is tried again for. */
export const RunningRow = ({ row: run }: { row: Run }) => (
  <StatusRow
    {...commonOf(run)}
    when={
      <>
        {run.startedAt === null ? 'Asked for' : 'Started'} <RelativeTime at={run.startedAt ?? run.queuedAt} />
      </>
    }
  >
    <RunProgressBar run={run} />
    {run.retryAt !== null && run.problem !== null && <Reason message={run.problem.message} />}
  </StatusRow>
);

/** A run that failed or was skipped: why, and what to do. */
export const FailedRow = ({ row: run }: { row: Run }) => (
  <StatusRow {...commonOf(run)} when={<RelativeTime at={run.finishedAt} none="" />}>
    {run.problem !== null && <Reason {...run.problem} />}
  </StatusRow>
);
