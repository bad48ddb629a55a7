import type { Attention } from '@junction/contracts';
import { paths } from '../../lib/paths.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Reason, StatusRow } from './status-row.tsx';

const kindWords: Readonly<Record<Attention['subject']['type'], string>> = {
  export: 'Export',
  connection: 'Connection',
  source: 'Source',
};

const subjectPath = (environmentId: string, { type, id }: Attention['subject']): string =>
  type === 'export' ? paths.export(environmentId, id) : paths.connection(environmentId, id);

/** Where somebody can do what the remedy says. */
const remedyLinks = (environmentId: string, { because, subject, runId, isYours }: Attention) => {
  const path = subjectPath(environmentId, subject);
  const run = runId === null ? [] : [{ text: 'Show the last run', path: paths.run(environmentId, subject.id, runId) }];
  switch (because) {
    case 'exportFailing':
      return run;
    case 'exportPaused':
      return [...run, ...(isYours ? [{ text: 'Resume its schedule', path }] : [])];
    case 'exportInactive':
      return isYours ? [{ text: 'Make it active again', path }] : [];
    case 'secretExpires':
      return [{ text: 'Enter another credential', path: paths.editConnection(environmentId, subject.id) }];
    default:
      return [{ text: `Open the ${kindWords[subject.type].toLowerCase()}`, path }];
  }
};

/** What needs somebody: why, since when, what to do and where. */
export const AttentionRow = ({ environmentId, row }: { environmentId: string; row: Attention }) => (
  <StatusRow
    mark={<StatusBadge status={row.because} />}
    name={{ text: row.subject.name, path: subjectPath(environmentId, row.subject) }}
    about={kindWords[row.subject.type]}
    when={
      row.since !== null && (
        <>
          Began <RelativeTime at={row.since} />
        </>
      )
    }
    links={remedyLinks(environmentId, row)}
  >
    <Reason message={row.message} remedy={row.remedy} />
  </StatusRow>
);
