import { DefaultButton, makeStyles, mergeStyles, SearchBox, Shimmer } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ConnectionOption, Environment } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { paths } from '../../../lib/paths.ts';
import { useCan } from '../../../lib/session.ts';
import { connectorLabel } from '../../../lib/words.ts';
import { ConnectorLogo } from '../../../ui/connector-logo.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PanelLink } from '../../../ui/panel-link.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { connectionOptionsQuery } from '../api.ts';
import { whomToAsk } from '../rights.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 16 },
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  type: { display: 'flex', alignItems: 'center', gap: 8, padding: 0, fontWeight: 600, marginBottom: 8 },
  option: {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    padding: '9px 12px',
    marginTop: -1,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    cursor: 'pointer',
    ':hover': { background: theme.semanticColors.listItemBackgroundHovered },
    ':first-of-type': { borderRadius: '4px 4px 0 0' },
    ':last-of-type': { borderRadius: '0 0 4px 4px' },
    ':only-of-type': { borderRadius: 4 },
    ':focus-within': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: -2 },
  },
  chosen: { background: theme.palette.themeLighterAlt },
  radio: { accentColor: theme.palette.themePrimary, margin: 0, width: 16, height: 16, flexShrink: 0, outline: 'none' },
  name: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
  note: { margin: 0, color: theme.semanticColors.bodySubtext },
}));

type Props = {
  environment: Environment;
  value: ConnectionOption | undefined;
  /** The connection that all the exports have now. */
  currentId: string | undefined;
  onChoose: (connection: ConnectionOption) => void;
};

/** The connections that the person may use, by type, with how each is; searched by the server. */
export const ConnectionPicker = ({ environment, value, currentId, onChoose }: Props) => {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const list = useInfiniteQuery(connectionOptionsQuery(environment.id, useDeferredValue(search.trim())));
  const options = list.data;
  if (options === undefined)
    return list.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The connections could not be loaded" error={list.error} onRetry={() => list.refetch()} />
    );
  if (options.length === 0 && search.trim() === '') return <NoConnection environment={environment} />;
  const types = [...new Set(options.map(({ type }) => type))].sort((a, b) =>
    connectorLabel(a).localeCompare(connectorLabel(b)),
  );
  return (
    <div className={styles.root}>
      <SearchBox
        ariaLabel="Search connections"
        placeholder="Search connections"
        value={search}
        onChange={(_, text = '') => setSearch(text)}
      />
      {options.length === 0 && (
        <p className={styles.note} role="status">
          No connection that you may use is called like this.
        </p>
      )}
      {types.map((type) => (
        <TypeGroup
          key={type}
          type={type}
          options={options.filter((option) => option.type === type)}
          value={value}
          currentId={currentId}
          onChoose={onChoose}
        />
      ))}
      {list.hasNextPage && (
        <DefaultButton
          text={list.isFetchingNextPage ? 'Loading …' : 'Show more'}
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        />
      )}
    </div>
  );
};

const TypeGroup = ({
  type,
  options,
  value,
  currentId,
  onChoose,
}: Pick<Props, 'value' | 'currentId' | 'onChoose'> & { type: string; options: readonly ConnectionOption[] }) => {
  const styles = useStyles();
  const titleId = useId('type');
  return (
    <fieldset className={styles.group} aria-labelledby={titleId}>
      <legend id={titleId} className={styles.type}>
        <ConnectorLogo type={type} size={24} />
        {connectorLabel(type)}
      </legend>
      <div>
        {options.map((option) => (
          <label key={option.id} className={mergeStyles(styles.option, option.id === value?.id && styles.chosen)}>
            <input
              type="radio"
              className={styles.radio}
              // One name for all groups: the arrow keys go from one type to the next.
              name="connection"
              checked={option.id === value?.id}
              onChange={() => onChoose(option)}
            />
            <span className={styles.name}>
              {option.name}
              {option.id === currentId && <span className={styles.quiet}> · used now</span>}
            </span>
            <StatusBadge status={option.health} />
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** Says what to do where there is nothing to choose: admins set a connection up, contributors ask for one. */
const NoConnection = ({ environment }: { environment: Environment }) => {
  const styles = useStyles();
  const maySetUp = useCan()('connection:create', environment.id);
  return maySetUp ? (
    <p className={styles.note}>
      There is no connection yet that exports can go over.{' '}
      <PanelLink path={paths.discover(environment.id)}>Add connection</PanelLink>
    </p>
  ) : (
    <p className={styles.note}>No connection is shared with you yet. Ask {whomToAsk(environment.owner.name)}.</p>
  );
};
