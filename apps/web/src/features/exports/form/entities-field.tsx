import { ActionButton, makeStyles } from '@fluentui/react';
import type { Environment } from '@junction/contracts';
import { useState } from 'react';
import { EntityPicker } from './entity-picker.tsx';
import { EntitySection } from './entity-section.tsx';
import { draftOfEntity } from './form-values.ts';
import { counted } from './summary-words.ts';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  help: { margin: 0, fontSize: 12, color: theme.semanticColors.bodySubtext },
  list: { display: 'flex', flexDirection: 'column', gap: 8, margin: 0, padding: 0, listStyle: 'none' },
  toggle: { marginInlineStart: -8 },
  error: { color: theme.semanticColors.errorText, fontSize: 12, outline: 'none' },
}));

type Props = { environment: Environment; form: ExportForm; isDisabled: boolean };

/** Which entities, and what of each: the chosen ones, and under them all that can be chosen. */
export const EntitiesField = ({ environment, form, isDisabled }: Props) => {
  const styles = useStyles();
  const { values, known, errorAt, hasErrorsBelow, setEntities } = form;
  const { entities } = values;
  // Whoever comes to choose sees the choice; whoever comes to change one sees what was chosen.
  const [isPicking, setIsPicking] = useState(entities.length === 0);
  const error = errorAt('entities');
  const isOpen = isPicking || entities.length === 0;

  const remove = (ids: readonly string[]) => setEntities(entities.filter(({ entityId }) => !ids.includes(entityId)));
  return (
    <div className={styles.root}>
      <p className={styles.help}>Open a chosen entity to leave columns out, rename them, or filter its rows.</p>
      {entities.length > 0 && (
        <ul className={styles.list} aria-label="Chosen entities">
          {entities.map((draft, index) => (
            <EntitySection
              key={draft.entityId}
              environmentId={environment.id}
              draft={draft}
              known={known}
              path={`entities.${index}`}
              errorAt={errorAt}
              hasErrors={hasErrorsBelow(`entities.${index}`)}
              isDisabled={isDisabled}
              onChange={(next) => setEntities(entities.with(index, next))}
              onRemove={() => remove([draft.entityId])}
            />
          ))}
        </ul>
      )}
      {error !== undefined && (
        <div role="alert" className={styles.error} tabIndex={-1} data-invalid>
          {error}
        </div>
      )}
      {entities.length > 0 && (
        <div>
          <ActionButton
            className={styles.toggle}
            iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
            text={isOpen ? `${counted(entities.length, 'entity', 'entities')} chosen` : 'Choose more entities'}
            aria-expanded={isOpen}
            onClick={() => setIsPicking(!isOpen)}
          />
        </div>
      )}
      {isOpen && (
        <EntityPicker
          environment={environment}
          chosenIds={new Set(entities.map(({ entityId }) => entityId))}
          isDisabled={isDisabled}
          onAdd={(added) =>
            setEntities([
              ...entities,
              ...added.filter(({ id }) => entities.every(({ entityId }) => entityId !== id)).map(draftOfEntity),
            ])
          }
          onRemove={remove}
        />
      )}
    </div>
  );
};
