import { Icon, makeStyles } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { statusQuery } from '../../lib/status.ts';
import { standingsOf, statusInWords } from '../../lib/status-words.ts';
import { StandingIcon } from '../../ui/standing-icon.tsx';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    padding: '14px 20px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    ':hover': { background: theme.semanticColors.listItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}` },
  },
  words: { flex: 1, fontWeight: 600, minWidth: 0, lineHeight: '20px' },
  more: { color: theme.semanticColors.link, whiteSpace: 'nowrap', '@media (max-width: 639px)': { display: 'none' } },
  icon: { color: theme.palette.neutralSecondary },
}));

/** How the environment stands, in one line that leads to the page with the rest. */
export const StatusLine = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const status = useQuery(statusQuery(environmentId)).data;
  return (
    <Link to={paths.status(environmentId)} className={styles.root}>
      {status && <StandingIcon is={standingsOf(status)[0].is} />}
      <span className={styles.words}>
        {status ? statusInWords(status) : 'What needs somebody, what runs, and what comes next'}
      </span>
      <span className={styles.more}>Show the status</span>
      <Icon iconName="ChevronRight" className={styles.icon} aria-hidden />
    </Link>
  );
};
