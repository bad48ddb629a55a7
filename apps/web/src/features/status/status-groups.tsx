import { Checkbox } from '@fluentui/react';
import { type Environment, type Status, shownStatusRows } from '@junction/contracts';
import type { ReactElement } from 'react';
import { paths } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AttentionRow } from './attention-row.tsx';
import { FailedRow, RunningRow } from './run-rows.tsx';
import { type LinkOut, StatusGroup } from './status-group.tsx';
import { type Group, groups, groupTitles, rowsInView, type StatusView, type ViewState } from './status-view.ts';
import { UpcomingRow } from './upcoming-row.tsx';

type Props = {
  environment: Environment;
  status: Status;
  view: StatusView;
  onChange: (change: Partial<ViewState>) => void;
};

/** The groups of the page, or the one that is chosen, each with the rows that the filters leave. */
export const StatusGroups = ({ environment, status, view, onChange }: Props) => {
  const rows = rowElements(environment.id, status, view);
  const isShown = (group: Group): boolean => {
    if (view.group !== undefined) return group === view.group;
    const { rows: named, total } = status[group];
    // What is not named is not searched: that is said where it is.
    return view.search === '' || rows[group].length > 0 || named.length < total;
  };
  const shown = groups.filter(isShown);
  if (shown.length === 0)
    return (
      <EmptyState
        icon="Search"
        title="Nothing matches"
        text={`No export, connection or source on this page has “${view.search}” in its name.`}
        action={{ text: 'Clear search', onClick: () => onChange({ search: '' }), isPrimary: false }}
      />
    );
  return shown.map((group) => (
    <StatusGroup
      key={group}
      title={groupTitles[group]}
      rows={rows[group]}
      named={status[group].rows.length}
      total={status[group].total}
      isNarrowed={view.search !== '' || (group === 'attention' && view.isMine)}
      none={noneWords(group, status)}
      isNoneGood={group === 'attention' || group === 'failed'}
      rest={restLinks(group, environment.id, status, view.search)}
      filter={
        group === 'attention' && (view.isMine || isSomeMine(status)) ? (
          <Checkbox
            label="Only what I can do something about"
            checked={view.isMine}
            onChange={(_, isMine) => onChange({ mine: isMine ? 'yes' : '' })}
          />
        ) : undefined
      }
    />
  ));
};

/** Whether the person can do something about some of what needs somebody, and nothing about the rest. */
const isSomeMine = ({ attention: { rows } }: Status): boolean =>
  rows.some(({ isYours }) => isYours) && rows.some(({ isYours }) => !isYours);

const rowElements = (environmentId: string, status: Status, view: StatusView): Record<Group, ReactElement[]> => {
  const rows = rowsInView(status, view);
  return {
    attention: rows.attention.map((row) => (
      <AttentionRow key={`${row.subject.id} ${row.because}`} environmentId={environmentId} row={row} />
    )),
    running: rows.running.map((row) => <RunningRow key={row.id} row={row} />),
    failed: rows.failed.map((row) => <FailedRow key={row.id} row={row} />),
    upcoming: rows.upcoming.map((row) => <UpcomingRow key={row.export.id} environmentId={environmentId} row={row} />),
  };
};

const noneWords = (group: Group, { pausedAt }: Status): string => {
  if (group === 'attention') return 'Nothing needs anybody.';
  if (group === 'running') return 'Nothing is running now.';
  if (group === 'failed') return 'Nothing failed since yesterday.';
  return pausedAt === null
    ? 'No run is scheduled. An export runs by itself once it has a schedule.'
    : 'No run comes by itself while this environment is paused.';
};

/** Where the rest of a group is, of which only the first are named. */
const restLinks = (group: Group, environmentId: string, { attention }: Status, search: string): LinkOut[] => {
  const exportsIn = (text: string, ...statuses: string[]) => ({
    text,
    to: paths.exportsIn(environmentId, statuses, search),
  });
  if (group === 'running') return [exportsIn('Show all exports that run', 'queued', 'processing')];
  if (group === 'failed') return [exportsIn('Show exports that failed or were skipped', 'failed', 'skipped')];
  if (group === 'upcoming') return [{ text: 'Show all exports', to: paths.exports(environmentId) }];
  const areFull = (areExports: boolean) =>
    attention.rows.filter(({ subject }) => (subject.type === 'export') === areExports).length >= shownStatusRows;
  return [
    ...(areFull(true) ? [exportsIn('Show exports that failed or are inactive', 'failed', 'inactive')] : []),
    ...(areFull(false) ? [{ text: 'Show all connections', to: paths.connections(environmentId) }] : []),
  ];
};
