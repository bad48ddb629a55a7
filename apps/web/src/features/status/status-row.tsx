import { makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';
import { PanelLink } from '../../ui/panel-link.tsx';

const narrow = '@media (max-width: 639px)';

const useStyles = makeStyles((theme) => ({
  row: {
    display: 'grid',
    gridTemplate: '"mark main when" auto / 148px minmax(0, 1fr) auto',
    gap: '4px 16px',
    alignItems: 'start',
    padding: '10px 16px',
    lineHeight: '20px',
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
    [narrow]: { gridTemplate: '"mark when" auto "main main" auto / minmax(0, 1fr) auto', padding: '10px 12px' },
  },
  mark: { gridArea: 'mark', minWidth: 0 },
  main: { gridArea: 'main', minWidth: 0, overflowWrap: 'anywhere' },
  when: { gridArea: 'when', textAlign: 'end' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 8px', '& a': { fontWeight: 600 } },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums' },
  links: { display: 'flex', flexWrap: 'wrap', gap: '0 16px' },
  text: { margin: 0, maxWidth: '90ch' },
}));

type LinkTo = { text: string; path: string };

type Props = {
  /** How it is, in a badge, or the time that it is about. */
  mark: ReactNode;
  name: LinkTo;
  /** What more there is to know about it, in a quieter voice. */
  about?: string;
  when?: ReactNode;
  /** Where something can be done about it, or more is told. */
  links?: readonly LinkTo[];
  children?: ReactNode;
};

/** One row of a group: how it is, what it is about, what to do and where. */
export const StatusRow = ({ mark, name, about, when, links = [], children }: Props) => {
  const styles = useStyles();
  return (
    <li className={styles.row}>
      <div className={styles.mark}>{mark}</div>
      <div className={styles.main}>
        <div className={styles.head}>
          <PanelLink path={name.path}>{name.text}</PanelLink>
          {about !== undefined && <span className={styles.quiet}>{about}</span>}
        </div>
        {children}
        {links.length > 0 && (
          <div className={styles.links}>
            {links.map(({ text, path }) => (
              <PanelLink key={text} path={path}>
                {text}
              </PanelLink>
            ))}
          </div>
        )}
      </div>
      {when !== undefined && <div className={`${styles.when} ${styles.quiet}`}>{when}</div>}
    </li>
  );
};

/** Why something is as it is, and what to do. */
export const Reason = ({ message, remedy }: { message: string; remedy?: string | null }) => {
  const styles = useStyles();
  return (
    <p className={styles.text}>
      {message} {remedy}
    </p>
  );
};
