import { Link as FluentLink, hiddenContentStyle, Icon, makeStyles, mergeStyles, useTheme } from '@fluentui/react';
import type { Notice } from '@junction/contracts';
import { Link } from 'react-router';
import { noticeKindWords } from '../../lib/notice-words.ts';
import { paths } from '../../lib/paths.ts';
import { useCan } from '../../lib/session.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { noticeLooks } from './notice-looks.ts';

const useStyles = makeStyles((theme) => ({
  root: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    gap: '0 12px',
    padding: '12px 4px 12px 12px',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    lineHeight: '20px',
  },
  unread: {
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 0,
      top: 12,
      bottom: 12,
      width: 3,
      borderRadius: 2,
      background: theme.palette.themePrimary,
      '@media (forced-colors: active)': { background: 'Highlight' },
    },
  },
  icon: { fontSize: 20, lineHeight: '20px' },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '0 12px' },
  name: { fontWeight: 400, overflowWrap: 'anywhere', minWidth: 0 },
  bold: { fontWeight: 600 },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
  text: { margin: '4px 0 0', overflowWrap: 'anywhere' },
  hidden: hiddenContentStyle,
}));

/** Where a notice leads; undefined when it is about something that one has no page for. */
const usePageOf = (environmentId: string) => {
  const can = useCan();
  return ({ kind, subject: { type, id } }: Notice): string | undefined => {
    if (type === 'export') return paths.export(environmentId, id);
    if (can('connection:read', environmentId)) return paths.connection(environmentId, id);
    // Only those are told who may see the report.
    return kind === 'profiles.self-granted' ? paths.profileReport(environmentId, id) : undefined;
  };
};

/** One notice: what has happened to what, when, what to do about it, and the way there. */
export const NoticeEntry = ({
  environmentId,
  notice,
  isUnread,
}: {
  environmentId: string;
  notice: Notice;
  isUnread: boolean;
}) => {
  const styles = useStyles();
  const theme = useTheme();
  const page = usePageOf(environmentId)(notice);
  const { kind, subject, at, message, remedy, runId } = notice;
  const { icon, color } = noticeLooks[kind];
  return (
    <li className={mergeStyles(styles.root, isUnread && styles.unread)}>
      <Icon iconName={icon} className={styles.icon} style={{ color: color(theme) }} aria-hidden />
      <div>
        <div className={styles.head}>
          <span className={mergeStyles(styles.name, isUnread && styles.bold)}>
            {isUnread && <span className={styles.hidden}>Unread: </span>}
            {page === undefined ? (
              subject.name
            ) : (
              <FluentLink as={Link} to={page}>
                {subject.name}
              </FluentLink>
            )}
          </span>
          <span className={styles.quiet}>
            <RelativeTime at={at} />
          </span>
        </div>
        <div className={styles.quiet}>{noticeKindWords[kind]}</div>
        <p className={styles.text}>{message}</p>
        {remedy !== null && <p className={styles.text}>{remedy}</p>}
        {subject.type === 'export' && runId !== null && (
          <p className={styles.text}>
            <FluentLink as={Link} to={paths.run(environmentId, subject.id, runId)}>
              See the run
            </FluentLink>
          </p>
        )}
      </div>
    </li>
  );
};
