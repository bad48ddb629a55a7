import { IconButton, makeStyles } from '@fluentui/react';
import type { Role } from '@junction/contracts';
import type { ReactNode } from 'react';
import { roleWords } from '../../../lib/words.ts';
import { Initials } from '../../../ui/initials.tsx';
import { isOutside } from './outside.ts';

/** Somebody who can see profile data, or will. */
export type ListedReader = {
  id: string;
  name: string;
  email: string;
  role?: Role;
  /** Since when and by whom, or why they are there. */
  note?: ReactNode;
  onRemove?: () => void;
};

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  row: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr) auto',
    gap: '0 12px',
    alignItems: 'center',
    minHeight: 48,
    padding: '6px 0',
    lineHeight: '20px',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px', overflowWrap: 'anywhere' },
  outside: {
    display: 'inline-block',
    marginInlineStart: 8,
    padding: '0 6px',
    borderRadius: 4,
    fontSize: 12,
    fontWeight: 400,
    lineHeight: '18px',
    border: `1px solid ${theme.semanticColors.severeWarningIcon}`,
  },
}));

type Props = { label: string; people: readonly ListedReader[]; ownEmail: string; isDisabled?: boolean };

/** People with access to profile data, each with their role; who is of another organization is marked. */
export const ReaderList = ({ label, people, ownEmail, isDisabled = false }: Props) => {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {people.map(({ id, name, email, role, note, onRemove }) => (
        <li key={id} className={styles.row}>
          <Initials name={name || email} />
          <div>
            <div className={styles.name}>
              {name || email}
              {isOutside(email, ownEmail) && <span className={styles.outside}>Outside</span>}
            </div>
            <div className={styles.quiet}>
              {email}
              {role !== undefined && ` · ${roleWords[role]}`}
            </div>
            {note !== undefined && <div className={styles.quiet}>{note}</div>}
          </div>
          {onRemove !== undefined && (
            <IconButton
              iconProps={{ iconName: 'Cancel' }}
              title="Remove"
              ariaLabel={`Remove ${name || email}`}
              disabled={isDisabled}
              onClick={onRemove}
            />
          )}
        </li>
      ))}
    </ul>
  );
};
