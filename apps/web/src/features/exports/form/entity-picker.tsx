import {
  Checkbox,
  DefaultButton,
  Icon,
  MessageBar,
  MessageBarButton,
  MessageBarType,
  makeStyles,
  SearchBox,
  Spinner,
} from '@fluentui/react';
import { type Entity, type Environment, maximumExportEntities } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useCan } from '../../../lib/session.ts';
import { counted } from '../../../lib/sizes.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import { entitiesQuery } from '../api.ts';
import { whomToAsk } from '../rights.ts';
import { type EntityGroup, groupsOf } from './entity-groups.ts';
import { EntityRow } from './entity-row.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 8 },
  list: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    maxHeight: 320,
    overflowY: 'auto',
    position: 'relative',
    padding: '0 12px 4px',
  },
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    position: 'sticky',
    top: 0,
    zIndex: 1,
    margin: '0 -12px',
    padding: '4px 12px',
    background: theme.semanticColors.bodyStandoutBackground,
  },
  toggle: {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    flex: '1 1 auto',
    minWidth: 0,
    minHeight: 32,
    padding: 0,
    border: 0,
    background: 'transparent',
    color: theme.semanticColors.bodyText,
    font: 'inherit',
    fontSize: 14,
    fontWeight: 600,
    textAlign: 'start',
    cursor: 'pointer',
  },
  count: { fontWeight: 400, color: theme.semanticColors.bodySubtext, fontSize: 12 },
  none: { padding: 12, color: theme.semanticColors.bodySubtext },
}));

type Props = {
  environment: Environment;
  chosenIds: ReadonlySet<string>;
  onAdd: (entities: Entity[]) => void;
  onRemove: (ids: string[]) => void;
  isDisabled?: boolean;
};

/** All entities that there are, to check; page by page, with a search. */
export const EntityPicker = ({ environment, chosenIds, onAdd, onRemove, isDisabled }: Props) => {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const wanted = useSettled(search).trim();
  const list = useInfiniteQuery(entitiesQuery(environment.id, { search: wanted }));
  const entities = list.data ?? [];

  if (list.error !== null && list.data === undefined)
    return (
      <MessageBar
        messageBarType={MessageBarType.error}
        isMultiline
        delayedRender={false}
        actions={<MessageBarButton text="Retry" onClick={() => void list.refetch()} />}
      >
        The entities could not be loaded. {list.error.message}
      </MessageBar>
    );
  if (list.data?.length === 0 && wanted === '' && !list.isPlaceholderData)
    return <NoEntities environment={environment} />;
  return (
    <div className={styles.root}>
      <SearchBox
        placeholder="Search entities"
        ariaLabel="Search entities"
        value={search}
        onChange={(_, text = '') => setSearch(text)}
      />
      <div className={styles.list}>
        {list.data === undefined && <Spinner label="Loading the entities" styles={{ root: { padding: 24 } }} />}
        {groupsOf(entities).map((group) => (
          <Group
            key={group.key}
            group={group}
            chosenIds={chosenIds}
            isDisabled={isDisabled}
            onAdd={onAdd}
            onRemove={onRemove}
          />
        ))}
        <div role="status">
          {list.data !== undefined && entities.length === 0 && (
            <div className={styles.none}>No entity matches “{wanted}”.</div>
          )}
        </div>
      </div>
      {list.hasNextPage && (
        <div>
          <DefaultButton
            text={list.isFetchingNextPage ? 'Loading …' : 'Show more entities'}
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
};

type GroupProps = Omit<Props, 'environment'> & { group: EntityGroup };

const Group = ({ group: { source, group, entities }, chosenIds, onAdd, onRemove, isDisabled }: GroupProps) => {
  const styles = useStyles();
  const [isOpen, setIsOpen] = useState(true);
  const readable = entities.filter(({ problem }) => problem === null);
  const chosen = entities.filter(({ id }) => chosenIds.has(id));
  const isEvery = readable.length > 0 && readable.every(({ id }) => chosenIds.has(id));
  const name = group === '' ? source : `${source} / ${group}`;
  return (
    <fieldset className={styles.group} aria-label={name}>
      <div className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <Icon iconName={isOpen ? 'ChevronDown' : 'ChevronRight'} aria-hidden />
          <span>{name}</span>
          <span className={styles.count}>
            {chosen.length > 0
              ? `${chosen.length} of ${counted(entities.length, 'entity', 'entities')}`
              : counted(entities.length, 'entity', 'entities')}
          </span>
        </button>
        {readable.length > 1 && (
          <Checkbox
            label="All"
            ariaLabel={`All entities of ${name}`}
            checked={isEvery}
            indeterminate={chosen.length > 0 && !isEvery}
            disabled={isDisabled || readable.length > maximumExportEntities}
            onChange={() => (isEvery ? onRemove(readable.map(({ id }) => id)) : onAdd(readable))}
          />
        )}
      </div>
      {isOpen &&
        entities.map((entity) => (
          <EntityRow
            key={entity.id}
            entity={entity}
            isChosen={chosenIds.has(entity.id)}
            isDisabled={isDisabled}
            onChange={(isChosen) => (isChosen ? onAdd([entity]) : onRemove([entity.id]))}
          />
        ))}
    </fieldset>
  );
};

/** Entities come from connections; only admins can make one a source of them. */
const NoEntities = ({ environment }: { environment: Environment }) => {
  const can = useCan();
  const navigate = useNavigate();
  const mayMark = can('connection:update', environment.id);
  return (
    <MessageBar
      isMultiline
      delayedRender={false}
      actions={
        mayMark ? (
          <MessageBarButton text="Open connections" onClick={() => void navigate(paths.connections(environment.id))} />
        ) : undefined
      }
    >
      {mayMark
        ? 'There are no entities yet. Edit a connection and turn on “Read entities from a folder here”; its entities then appear here.'
        : `There are no entities yet. Ask ${whomToAsk(environment.owner.name)}, to have them read from a connection.`}
    </MessageBar>
  );
};
