import { makeStyles } from '@fluentui/react';
import { Link } from 'react-router';

const useStyles = makeStyles((theme) => ({
  list: { display: 'flex', flexWrap: 'wrap', listStyle: 'none', margin: '0 0 16px -8px', padding: 0 },
  link: {
    position: 'relative',
    display: 'block',
    padding: '0 8px',
    marginInlineEnd: 8,
    lineHeight: '44px',
    fontSize: 14,
    whiteSpace: 'nowrap',
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    // The room of the bold text, so that the tabs beside it stay where they are.
    '::after': {
      content: 'attr(data-text)',
      display: 'block',
      height: 0,
      overflow: 'hidden',
      visibility: 'hidden',
      fontWeight: 600,
    },
    ':hover': { background: theme.semanticColors.buttonBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: -2 },
    '&[aria-current="page"]': { fontWeight: 600 },
    '&[aria-current="page"]::before': {
      content: '""',
      position: 'absolute',
      insetInline: 8,
      bottom: 0,
      height: 2,
      background: theme.semanticColors.inputBackgroundChecked,
      '@media (forced-colors: active)': { background: 'Highlight' },
    },
    // Three of them fit into 320 px.
    '@media (max-width: 399px)': { padding: '0 6px', marginInlineEnd: 0 },
  },
}));

type Props = {
  label: string;
  /** The address of the one that is open; panels over it included. */
  current: string;
  tabs: readonly { text: string; to: string }[];
};

/** The parts of a page, each with an address of its own; they look like Fluent's pivot and are links. */
export const LinkTabs = ({ label, current, tabs }: Props) => {
  const styles = useStyles();
  return (
    <nav aria-label={label}>
      <ul className={styles.list}>
        {tabs.map(({ text, to }) => (
          <li key={to}>
            <Link to={to} className={styles.link} aria-current={to === current ? 'page' : undefined} data-text={text}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
