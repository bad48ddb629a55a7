import { ActionButton, makeStyles, Shimmer } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readPages } from '../../../lib/queries.ts';
import { formatNumber } from '../../../lib/words.ts';
import { ErrorState } from '../../../ui/error-state.tsx';

/** Reasons shown here; of more, the entities themselves have to be looked through. */
const shownAtMost = 50;

const useStyles = makeStyles((theme) => ({
  toggle: { marginInlineStart: -8 },
  list: { margin: 0, paddingInlineStart: 20, lineHeight: '20px', overflowWrap: 'anywhere' },
  name: { fontWeight: 600 },
  quiet: { color: theme.semanticColors.bodySubtext },
}));

type Props = { connection: Pick<contract.Connection, 'id' | 'environmentId'>; count: number };

/** The entities that cannot be read, each with its reason; looked for only once somebody wants to know. */
export const UnreadableEntities = ({ connection, count }: Props) => {
  const styles = useStyles();
  const bodyId = useId('unreadable');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <ActionButton
        className={styles.toggle}
        iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
        text={count === 1 ? '1 entity cannot be read' : `${formatNumber(count)} entities cannot be read`}
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
      />
      <div id={bodyId}>{isOpen && <Reasons connection={connection} count={count} />}</div>
    </div>
  );
};

const Reasons = ({ connection: { id, environmentId }, count }: Props) => {
  const styles = useStyles();
  const list = useInfiniteQuery(
    readPages(contract.listEntities, {
      params: { environmentId },
      query: {
        filter: contract.formatFilter([{ field: 'source', operator: 'in', values: [id] }]),
        maxpagesize: contract.maximumPageSize,
      },
    }),
  );
  const found = list.data?.filter(({ problem }) => problem !== null) ?? [];
  const { hasNextPage, isFetching, error, fetchNextPage } = list;
  const isSearching = hasNextPage && found.length < Math.min(count, shownAtMost);
  useEffect(() => {
    if (isSearching && !isFetching && error === null) void fetchNextPage();
  }, [isSearching, isFetching, error, fetchNextPage]);

  return (
    <>
      <ul className={styles.list} aria-label="Entities that cannot be read">
        {found.slice(0, shownAtMost).map(({ id: entityId, name, problem }) => (
          <li key={entityId}>
            <span className={styles.name}>{name}</span>: {problem?.message}{' '}
            {problem?.remedy !== undefined && <span className={styles.quiet}>{problem.remedy}</span>}
          </li>
        ))}
      </ul>
      {found.length > shownAtMost && <p className={styles.quiet}>These are the first {shownAtMost}.</p>}
      {error !== null ? (
        <ErrorState title="The reasons could not be loaded" error={error} onRetry={() => list.refetch()} />
      ) : (
        (isSearching || list.data === undefined) && <Shimmer />
      )}
    </>
  );
};
