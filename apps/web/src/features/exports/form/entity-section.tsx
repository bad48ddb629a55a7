import { Icon, IconButton, MessageBar, MessageBarButton, MessageBarType, makeStyles, Spinner } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../../lib/errors.ts';
import { entityQuery } from '../api.ts';
import { ColumnsChooser } from './columns-chooser.tsx';
import { FilterBuilder } from './filter-builder.tsx';
import { filterOf, filterProblems } from './filter-tree.ts';
import { filterInWords } from './filter-words.ts';
import type { EntityDraft, KnownColumns } from './form-values.ts';
import { columnsInWords } from './summary-words.ts';

const useStyles = makeStyles((theme) => ({
  root: { border: `1px solid ${theme.semanticColors.bodyDivider}`, borderRadius: 4, minWidth: 0 },
  head: { display: 'flex', alignItems: 'center', paddingInlineEnd: 4 },
  toggle: {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    flex: '1 1 auto',
    minWidth: 0,
    padding: '8px 12px',
    border: 0,
    background: 'transparent',
    color: theme.semanticColors.bodyText,
    font: 'inherit',
    fontSize: 14,
    textAlign: 'start',
    cursor: 'pointer',
  },
  names: { minWidth: 0, overflowWrap: 'anywhere' },
  name: { fontWeight: 600 },
  facts: { display: 'block', fontSize: 12, color: theme.semanticColors.bodySubtext },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: 16,
    padding: 12,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  none: { margin: 0, color: theme.semanticColors.bodySubtext },
  title: { fontSize: 14, fontWeight: 400, lineHeight: '20px', margin: '0 0 4px' },
  error: { color: theme.semanticColors.errorText, fontSize: 12, padding: '0 12px 8px' },
}));

type Props = {
  environmentId: string;
  draft: EntityDraft;
  known: KnownColumns;
  onChange: (draft: EntityDraft) => void;
  onRemove: () => void;
  /** The path of this entity in the form. */
  path: string;
  /** The message at a path, and whether anything below a path has one. */
  errorAt: (path: string) => string | undefined;
  hasErrors: boolean;
  isDisabled?: boolean;
};

/** A chosen entity: which of its columns, under which names, and which rows. */
export const EntitySection = ({
  environmentId,
  draft,
  known,
  onChange,
  onRemove,
  path,
  errorAt,
  hasErrors,
  isDisabled,
}: Props) => {
  const styles = useStyles();
  const bodyId = useId('entity');
  const [isOpened, setIsOpened] = useState(false);
  const { about, filter } = draft;
  // What is wrong inside has to be seen.
  const isOpen = isOpened || hasErrors;
  const ownError = errorAt(`${path}.entityId`) ?? errorAt(path);
  const isFilterComplete = filter !== null && filterProblems(filter, known.get(draft.entityId), path).length === 0;
  const facts = [
    about.source,
    columnsInWords([draft], known),
    filter === null ? 'all rows' : isFilterComplete ? filterInWords(filterOf(filter)) : 'filtered',
  ];
  return (
    <li className={styles.root}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={isOpen ? bodyId : undefined}
          data-invalid={hasErrors || ownError !== undefined ? true : undefined}
          onClick={() => setIsOpened(!isOpen)}
        >
          <Icon iconName={isOpen ? 'ChevronDown' : 'ChevronRight'} aria-hidden />
          <span className={styles.names}>
            <span className={styles.name}>{about.name}</span>
            <span className={styles.facts}>{facts.join(' · ')}</span>
          </span>
        </button>
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          title="Remove entity"
          ariaLabel={`Remove ${about.name} from the export`}
          disabled={isDisabled}
          onClick={onRemove}
        />
      </div>
      {about.problem !== null && (
        <MessageBar
          messageBarType={MessageBarType.warning}
          isMultiline
          delayedRender={false}
          actions={<MessageBarButton text="Remove from the export" disabled={isDisabled} onClick={onRemove} />}
        >
          {about.problem.message} {about.problem.remedy} You can keep it here until it is back, or remove it.
        </MessageBar>
      )}
      {ownError !== undefined && (
        <div role="alert" className={styles.error}>
          {ownError}
        </div>
      )}
      {isOpen && (
        <div id={bodyId} className={styles.body}>
          <EntityBody {...{ environmentId, draft, onChange, path, errorAt, isDisabled }} />
        </div>
      )}
    </li>
  );
};

type BodyProps = Pick<Props, 'environmentId' | 'draft' | 'onChange' | 'path' | 'errorAt' | 'isDisabled'>;

const EntityBody = ({ environmentId, draft, onChange, path, errorAt, isDisabled }: BodyProps) => {
  const styles = useStyles();
  const { data, error, refetch } = useQuery(entityQuery(environmentId, draft.entityId));
  const { name } = draft.about;
  if (data === undefined && error === null) return <Spinner label={`Loading the columns of ${name}`} />;
  // What is wrong with the entity stands above already; asking once more would not change it.
  if (data === undefined && draft.about.problem !== null && isProblem(error, 'notFound'))
    return <p className={styles.none}>Columns and rows can be chosen again once it is back.</p>;
  if (data === undefined)
    return (
      <MessageBar
        messageBarType={MessageBarType.error}
        isMultiline
        delayedRender={false}
        actions={<MessageBarButton text="Retry" onClick={() => void refetch()} />}
      >
        The columns could not be loaded. {error?.message}
      </MessageBar>
    );
  return (
    <>
      <ColumnsChooser
        label={name}
        columns={data.columns}
        value={draft.columns}
        path={`${path}.columns`}
        errorAt={errorAt}
        isDisabled={isDisabled}
        onChange={(columns) => onChange({ ...draft, columns })}
      />
      <div>
        <h3 className={styles.title}>Filter</h3>
        <FilterBuilder
          label={name}
          columns={data.columns}
          value={draft.filter}
          path={`${path}.filter`}
          errorAt={errorAt}
          isDisabled={isDisabled}
          onChange={(filter) => onChange({ ...draft, filter })}
        />
      </div>
    </>
  );
};
