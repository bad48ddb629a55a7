import { ActionButton, Dropdown, IconButton, makeStyles } from '@fluentui/react';
import { type EntityColumn, maximumConditions, maximumFilterDepth } from '@junction/contracts';
import { useRef } from 'react';
import { inSentence } from '../../../lib/words.ts';
import { ConditionFields, type Whole } from './condition-fields.tsx';
import {
  filterOf,
  filterProblems,
  type GroupDraft,
  isFull,
  isGroup,
  newCondition,
  newGroup,
  type PartDraft,
} from './filter-tree.ts';
import { filterInWords } from './filter-words.ts';

const useStyles = makeStyles((theme) => ({
  group: { border: 0, margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 8 },
  inner: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderInlineStart: `3px solid ${theme.palette.themePrimary}`,
    borderRadius: 4,
    padding: '8px 8px 8px 12px',
  },
  head: { display: 'flex', alignItems: 'flex-start', gap: 6 },
  // Where it is narrow the words wrap; the button stays beside their first line.
  question: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 6, flex: '1 1 auto', minWidth: 0 },
  match: { width: 76 },
  actions: { display: 'flex', flexWrap: 'wrap', marginInlineStart: -8 },
  words: { margin: 0, color: theme.semanticColors.bodySubtext, overflowWrap: 'anywhere' },
  error: { color: theme.semanticColors.errorText, fontSize: 12 },
}));

const matchOptions = [
  { key: 'all', text: 'all' },
  { key: 'any', text: 'any' },
];

type Props = {
  /** Names the filter for screen readers: the entity. */
  label: string;
  columns: readonly EntityColumn[];
  value: GroupDraft | null;
  onChange: (filter: GroupDraft | null) => void;
  /** The filter's path in the form; the paths of errors begin with it. */
  path: string;
  /** What the form, or the server, says is wrong at a path. */
  errorAt: (path: string) => string | undefined;
  isDisabled?: boolean;
};

/** Which rows: conditions and groups of which all, or any, must hold. What is wrong with a value is said once it is left. */
export const FilterBuilder = ({ label, columns, value, onChange, path, errorAt, isDisabled }: Props) => {
  const styles = useStyles();
  const root = useRef<HTMLDivElement>(null);
  const focusFirst = (selector: string) =>
    setTimeout(() => root.current?.querySelector<HTMLElement>(selector)?.focus());

  if (value === null)
    return (
      <div ref={root}>
        <p className={styles.words}>All rows are exported.</p>
        <div className={styles.actions}>
          <ActionButton
            iconProps={{ iconName: 'Filter' }}
            text="Add filter"
            ariaLabel={`Add filter to ${label}`}
            data-add-filter
            disabled={isDisabled}
            onClick={() => {
              onChange(newGroup());
              focusFirst('input');
            }}
          />
        </div>
      </div>
    );

  const problems = filterProblems(value, columns, path);
  const whole: Whole = {
    columns,
    isFull: isFull(value),
    isDisabled,
    errorAt,
    wrongAt: (at) => problems.find((problem) => problem.path === at && problem.kind === 'wrong')?.message,
  };
  const ownError = errorAt(path) ?? whole.wrongAt(path);
  return (
    <div ref={root}>
      <GroupFields
        whole={whole}
        group={value}
        path={path}
        depth={1}
        name={`Filter of ${label}`}
        onChange={onChange}
        onRemove={() => {
          onChange(null);
          focusFirst('[data-add-filter]');
        }}
      />
      {ownError !== undefined && (
        <div role="alert" className={styles.error}>
          {ownError}
        </div>
      )}
      {whole.isFull && <p className={styles.words}>A filter has at most {maximumConditions} conditions.</p>}
      {problems.length === 0 && (
        <p className={styles.words} aria-live="polite">
          {filterInWords(filterOf(value))}
        </p>
      )}
    </div>
  );
};

type GroupProps = {
  whole: Whole;
  group: GroupDraft;
  path: string;
  depth: number;
  name: string;
  onChange: (group: GroupDraft) => void;
  onRemove: () => void;
};

const GroupFields = ({ whole, group, path, depth, name, onChange, onRemove }: GroupProps) => {
  const styles = useStyles();
  const root = useRef<HTMLFieldSetElement>(null);
  const { isDisabled } = whole;

  const replace = (index: number, part: PartDraft) =>
    onChange({ ...group, of: group.of.map((old, at) => (at === index ? part : old)) });
  const add = (part: PartDraft) => {
    onChange({ ...group, of: [...group.of, part] });
    setTimeout(() => {
      const parts = root.current?.querySelectorAll<HTMLElement>(':scope > [data-part]');
      parts?.[parts.length - 1]?.querySelector('input')?.focus();
    });
  };
  const remove = (index: number) => {
    // The last condition takes its group along: a group of nothing means nothing.
    if (group.of.length === 1) return onRemove();
    onChange({ ...group, of: group.of.filter((_, at) => at !== index) });
    setTimeout(() => {
      const parts = root.current?.querySelectorAll<HTMLElement>(':scope > [data-part]');
      parts?.[Math.min(index, group.of.length - 2)]?.querySelector('input')?.focus();
    });
  };

  return (
    <fieldset
      ref={root}
      className={depth > 1 ? `${styles.group} ${styles.inner}` : styles.group}
      aria-label={name}
      data-part={depth > 1 ? true : undefined}
    >
      <div className={styles.head}>
        <div className={styles.question}>
          <span>Rows where</span>
          <Dropdown
            className={styles.match}
            ariaLabel={`${name}: all or any`}
            options={matchOptions}
            selectedKey={group.match}
            disabled={isDisabled}
            onChange={(_, option) => onChange({ ...group, match: option?.key === 'any' ? 'any' : 'all' })}
          />
          <span>of these hold</span>
        </div>
        <IconButton
          iconProps={{ iconName: 'Delete' }}
          title={depth > 1 ? 'Remove group' : 'Remove filter'}
          ariaLabel={`Remove ${inSentence(name)}`}
          disabled={isDisabled}
          onClick={onRemove}
        />
      </div>
      {group.of.map((part, index) => {
        const at = `${path}.of.${index}`;
        return isGroup(part) ? (
          <GroupFields
            key={part.key}
            whole={whole}
            group={part}
            path={at}
            depth={depth + 1}
            name={`Group ${index + 1} of ${inSentence(name)}`}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        ) : (
          <ConditionFields
            key={part.key}
            whole={whole}
            condition={part}
            path={at}
            name={`Condition ${index + 1} of ${inSentence(name)}`}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        );
      })}
      <div className={styles.actions}>
        <ActionButton
          iconProps={{ iconName: 'Add' }}
          text="Add condition"
          ariaLabel={`Add condition to ${inSentence(name)}`}
          disabled={isDisabled || whole.isFull}
          onClick={() => add(newCondition())}
        />
        {depth < maximumFilterDepth && (
          <ActionButton
            iconProps={{ iconName: 'Add' }}
            text="Add group"
            ariaLabel={`Add group to ${inSentence(name)}`}
            disabled={isDisabled || whole.isFull}
            onClick={() => add(newGroup(group.match === 'all' ? 'any' : 'all'))}
          />
        )}
      </div>
    </fieldset>
  );
};
