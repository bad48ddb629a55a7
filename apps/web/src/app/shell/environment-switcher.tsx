import { ActionButton, DirectionalHint, FocusTrapCallout, Icon, makeStyles, Spinner } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { read } from '../../lib/queries.ts';
import { useCan } from '../../lib/session.ts';
import { roleWords } from '../../lib/words.ts';
import { SearchField } from '../../ui/command-bar.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useCurrentEnvironment } from './use-current-environment.ts';

/** As many as one looks through; beyond, one searches. */
const shownEnvironments = 50;

const useStyles = makeStyles((theme) => ({
  callout: { width: 320, maxWidth: 'calc(100vw - 16px)', padding: 12, boxSizing: 'border-box' },
  list: { listStyle: 'none', margin: '8px 0', padding: 0, maxHeight: 320, overflow: 'auto' },
  link: {
    display: 'grid',
    gridTemplateColumns: '20px 1fr auto',
    gap: 8,
    alignItems: 'center',
    padding: '8px',
    borderRadius: 4,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    ':hover': { background: theme.semanticColors.menuItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: -2 },
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
  none: { padding: '8px 0 16px', color: theme.semanticColors.bodySubtext },
  footer: {
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
    paddingTop: 8,
    display: 'flex',
    flexWrap: 'wrap',
    gap: 8,
  },
}));

const buttonStyles = {
  root: { height: 36, minWidth: 0, padding: '0 8px', borderRadius: 4 },
  textContainer: { overflow: 'hidden' },
  label: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: 'min(28vw, 240px)' },
} as const;

/** Says which environment one is in, and goes to another: the same page there when one may open it, else its home. */
export const EnvironmentSwitcher = () => {
  const styles = useStyles();
  const buttonId = useId('environment-switcher');
  const current = useCurrentEnvironment();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        id={buttonId}
        text={current?.name ?? 'No environment'}
        ariaLabel={current ? `Environment: ${current.name}` : 'No environment'}
        iconProps={{ iconName: current?.type === 'sandbox' ? 'Sandbox' : 'Building' }}
        menuIconProps={{ iconName: 'ChevronDown' }}
        onRenderMenuIcon={() => <Icon iconName="ChevronDown" />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        styles={buttonStyles}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <FocusTrapCallout
          target={`#${buttonId}`}
          role="dialog"
          ariaLabel="Environments"
          className={styles.callout}
          gapSpace={4}
          isBeakVisible={false}
          directionalHint={DirectionalHint.bottomLeftEdge}
          onDismiss={() => setOpen(false)}
          setInitialFocus
        >
          <Environments currentId={current?.id} onGo={() => setOpen(false)} />
        </FocusTrapCallout>
      )}
    </>
  );
};

const Environments = ({ currentId, onGo }: { currentId: string | undefined; onGo: () => void }) => {
  const styles = useStyles();
  const can = useCan();
  const [search, setSearch] = useState('');
  const { pathname } = useLocation();
  const environments = useQuery({
    ...read(contract.listEnvironments, { query: { search: search || undefined, maxpagesize: shownEnvironments } }),
    placeholderData: keepPreviousData,
  });
  const section = /^\/e\/[^/]+\/([a-z]+)/.exec(pathname)?.[1];
  // Access to profiles is given for single connections, whatever the role.
  const isOfRole = section !== undefined && section !== 'profiles';
  const addressIn = ({ id, role }: contract.Environment) =>
    isOfRole && role === 'admin' ? `${paths.environment(id)}/${section}` : paths.environment(id);
  return (
    <>
      <SearchField label="Search environments" value={search} onSearch={setSearch} />
      {environments.isPending && <Spinner label="Loading" />}
      {environments.isError && !environments.data && (
        <ErrorState error={environments.error} onRetry={() => environments.refetch()} />
      )}
      {environments.data?.value.length === 0 && <div className={styles.none}>No environment has that name.</div>}
      <ul className={styles.list} aria-label="Environments">
        {environments.data?.value.map((environment) => (
          <li key={environment.id}>
            <Link
              to={addressIn(environment)}
              className={styles.link}
              aria-current={environment.id === currentId ? 'true' : undefined}
              onClick={onGo}
            >
              <span>{environment.id === currentId && <Icon iconName="CheckMark" />}</span>
              <span className={styles.name}>{environment.name}</span>
              <span className={styles.quiet}>
                {environment.type === 'sandbox' ? 'Sandbox, ' : ''}
                {roleWords[environment.role]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.footer}>
        <Link to={paths.environments()} className={styles.link} onClick={onGo}>
          <Icon iconName="Building" />
          All environments
        </Link>
        {can('environment:create') && (
          <Link to={paths.newEnvironment()} className={styles.link} onClick={onGo}>
            <Icon iconName="Add" />
            New environment
          </Link>
        )}
      </div>
    </>
  );
};
