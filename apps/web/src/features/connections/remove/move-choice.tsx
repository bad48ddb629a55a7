import {
  ChoiceGroup,
  DefaultButton,
  type IChoiceGroupOption,
  MessageBar,
  MessageBarType,
  makeStyles,
  Shimmer,
} from '@fluentui/react';
import { type Manifest, manifestOf, manifests, takesOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../../lib/errors.ts';
import { readPages } from '../../../lib/queries.ts';
import { connectorLabel, exportCount } from '../../../lib/words.ts';
import { CheckSteps } from '../../../ui/check-steps.tsx';
import { SearchField } from '../../../ui/command-bar.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { stepsOfResult } from '../check/check-progress.ts';

/** Connections offered at once; the rest follows on demand or by searching. */
const offeredAtOnce = 50;

/** The types that exports of a connection of this type can write to as they are. */
const typesLike = (type: string): string[] => {
  const from = manifestOf(type);
  return manifests
    .filter((to: Manifest) => to.capabilities.includes('destination') && (!from || takesOf(to) === takesOf(from)))
    .map((to) => to.type);
};

const useStyles = makeStyles((theme) => ({
  text: { margin: 0, lineHeight: '20px' },
  search: { display: 'flex' },
  list: {
    maxHeight: 'min(300px, 36vh)',
    overflowY: 'auto',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    padding: '4px 12px 12px',
  },
  option: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    gap: '0 12px',
    paddingInlineStart: 26,
    lineHeight: '20px',
    color: theme.semanticColors.bodyText,
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext },
}));

export type MoveTarget = Pick<contract.Connection, 'id' | 'name' | 'type'>;

type Props = {
  connection: Pick<contract.Connection, 'id' | 'environmentId' | 'name' | 'type'>;
  /** How many exports move. */
  count: number;
  chosen: MoveTarget | undefined;
  onChoose: (target: MoveTarget) => void;
  isDisabled: boolean;
};

/** Chooses the connection that exports write to from now on: any other that can take what they send, with how it is. */
export const MoveChoice = ({ connection, count, chosen, onChoose, isDisabled }: Props) => {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const list = useInfiniteQuery(
    readPages(contract.listConnections, {
      params: { environmentId: connection.environmentId },
      query: {
        search: search || undefined,
        filter: contract.formatFilter([{ field: 'type', operator: 'in', values: typesLike(connection.type) }]),
        orderby: 'name',
        maxpagesize: offeredAtOnce,
      },
    }),
  );
  const offered = list.data?.filter(({ id }) => id !== connection.id);
  const options = offered?.map(
    ({ id, name, type, status }): IChoiceGroupOption => ({
      key: id,
      text: name,
      disabled: isDisabled,
      onRenderLabel: () => (
        <span className={styles.option}>
          <span className={styles.name}>{name}</span>
          <span className={styles.quiet}>{connectorLabel(type)}</span>
          <StatusBadge status={status} />
        </span>
      ),
    }),
  );
  return (
    <>
      <p className={styles.text}>
        Choose where {count === 1 ? 'the export writes' : `the ${exportCount(count)} write`} to from now on. That
        connection is verified first; if it does not work, nothing is moved or removed.
      </p>
      <div className={styles.search}>
        <SearchField label="Search connections" value={search} onSearch={setSearch} />
      </div>
      {options === undefined ? (
        list.error === null ? (
          <Shimmer />
        ) : (
          <ErrorState title="The connections could not be loaded" error={list.error} onRetry={() => list.refetch()} />
        )
      ) : options.length === 0 && !list.hasNextPage ? (
        <p className={styles.text}>
          {search === ''
            ? 'There is no other connection that takes what they send. Set one up first, then remove this one.'
            : 'No other connection fits the search.'}
        </p>
      ) : (
        <div className={styles.list}>
          <ChoiceGroup
            label="Other connections"
            options={options}
            selectedKey={chosen?.id ?? null}
            onChange={(_, option) => {
              const target = offered?.find(({ id }) => id === option?.key);
              if (target !== undefined) onChoose(target);
            }}
          />
          {list.hasNextPage && (
            <DefaultButton
              text={list.isFetchingNextPage ? 'Loading …' : 'Show more'}
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            />
          )}
        </div>
      )}
    </>
  );
};

/** Why a removal did not happen; a failed check with its steps. */
export const RemovalFailure = ({ error, target }: { error: Error; target: MoveTarget | undefined }) => {
  const check = error instanceof ApiProblem ? error.check : undefined;
  return (
    <div role="alert">
      <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
        {check === undefined || target === undefined
          ? error.message
          : `${target.name} could not be verified, so nothing was moved or removed. Correct it, or choose another connection.`}
      </MessageBar>
      {check !== undefined && target !== undefined && (
        <CheckSteps
          label={`Verification of ${target.name}`}
          steps={stepsOfResult(manifestOf(target.type)?.steps ?? [], check)}
        />
      )}
    </div>
  );
};
