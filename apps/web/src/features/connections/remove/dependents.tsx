import { Icon, makeStyles, useTheme } from '@fluentui/react';
import type { ConnectionUsage, UsageItem, UsageKind } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Stacked, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { dependentsQuery } from '../api.ts';
import { groupCounts, groupTitles } from './removal-words.ts';

const useStyles = makeStyles((theme) => ({
  scroll: {
    maxHeight: 'min(340px, 42vh)',
    overflowY: 'auto',
    border: `0 solid ${theme.semanticColors.bodyDivider}`,
    borderWidth: '1px 0',
    padding: '4px 0 12px',
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: -2 },
  },
  running: { display: 'inline-flex', alignItems: 'center', gap: 4 },
}));

const RunningMark = () => {
  const styles = useStyles();
  const { palette } = useTheme();
  return (
    <span className={styles.running}>
      <Icon iconName="Sync" style={{ color: palette.themePrimary }} aria-hidden />
      Run under way
    </span>
  );
};

const nameColumn: Column<UsageItem> = {
  key: 'name',
  title: 'Name',
  minWidth: 120,
  goodWidth: 200,
  render: ({ name, hasLiveRun }) =>
    hasLiveRun ? <Stacked first={name} second={<RunningMark />} /> : <TwoLines>{name}</TwoLines>,
};

const exportColumns: Column<UsageItem>[] = [
  nameColumn,
  {
    key: 'schedule',
    title: 'Schedule',
    minWidth: 120,
    maxWidth: 200,
    leavesAt: 2,
    render: ({ schedule }) => schedule ?? 'None',
  },
  {
    key: 'lastRun',
    title: 'Last run',
    minWidth: 96,
    maxWidth: 120,
    leavesAt: 1,
    render: ({ lastRunAt }) => <RelativeTime at={lastRunAt} />,
  },
  {
    key: 'owner',
    title: 'Owner',
    minWidth: 96,
    maxWidth: 160,
    leavesAt: 3,
    render: ({ owner }) => owner?.name ?? '',
  },
];

/** What stands under the name for want of room. */
const narrowText = ({ schedule, lastRunAt, owner }: UsageItem, hidden: ReadonlySet<string>): ReactNode => (
  <>
    {hidden.has('schedule') && <div>{schedule ?? 'No schedule'}</div>}
    {hidden.has('lastRun') && (
      <div>
        Last run: <RelativeTime at={lastRunAt} none="never" />
      </div>
    )}
    {hidden.has('owner') && owner !== null && <div>{owner.name}</div>}
  </>
);

type Props = { environmentId: string; connectionId: string; name: string; counts: ConnectionUsage['counts'] };

/** Everything that depends on a connection, in groups; rows come in as they are scrolled to. Nothing shows nothing. */
export const Dependents = ({ environmentId, connectionId, name, counts }: Props) => {
  const styles = useStyles();
  const groups = groupCounts(counts).filter(({ amount }) => amount > 0);
  if (groups.length === 0) return null;
  return (
    <section
      className={styles.scroll}
      data-is-scrollable="true"
      aria-label={`What depends on ${name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
    >
      {groups.map(({ kind, amount }) => (
        <Section key={kind} title={groupTitles[kind](amount)}>
          <Group
            environmentId={environmentId}
            connectionId={connectionId}
            kind={kind}
            title={groupTitles[kind](amount)}
          />
        </Section>
      ))}
    </section>
  );
};

const Group = ({
  environmentId,
  connectionId,
  kind,
  title,
}: {
  environmentId: string;
  connectionId: string;
  kind: UsageKind;
  title: string;
}) => (
  <DataTable
    label={title}
    list={useInfiniteQuery(dependentsQuery(environmentId, connectionId, kind))}
    columns={kind === 'entity' ? [nameColumn] : exportColumns}
    keyOf={({ id }) => id}
    nameOf={({ name }) => name}
    narrowText={kind === 'entity' ? undefined : narrowText}
    empty={{ title: 'None any more', text: 'What was here has changed since. Close this question and ask again.' }}
  />
);
