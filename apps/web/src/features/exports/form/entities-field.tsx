import { ActionButton, makeStyles } from '@fluentui/react';
import type { Environment } from '@junction/contracts';
import { useState } from 'react';
import { EntityPicker } from './entity-picker.tsx';
import { EntitySection } from './entity-section.tsx';
import { draftOfEntity } from './form-values.ts';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  help: { margin: 0, fontSize: 12, color: theme.semanticColors.bodySubtext },
  list: { display: 'flex', flexDirection: 'column', gap: 8, margin: 0, padding: 0, listStyle: 'none' },
  toggle: { marginInlineStart: -8 },
  error: { color: theme.semanticColors.errorText, fontSize: 12, outline: 'none' },
}));

type Props = { environment: Environment; form: ExportForm; isDisabled: boolean };

/**
 * Which entities, and what of each: all that can be chosen, and under them the chosen ones, so that what is pressed next
 * stays where it is while the choice grows.
 */
export const EntitiesField = ({ environment, form, isDisabled }: Props) => {
  const styles = useStyles();
  const { values, known, errorAt, hasErrorsBelow, setEntities } = form;
  const { entities } = values;
  // Whoever comes to choose sees the choice; whoever comes to change one sees what was chosen.
  const [isPicking, setIsPicking] = useState(entities.length === 0);
  const error = errorAt('entities');

  const remove = (ids: readonly string[]) => setEntities(entities.filter(({ entityId }) => !ids.includes(entityId)));
  return (
    <div className={styles.root}>
      <p className={styles.help}>
        Chosen entities stand below the list. Open one to leave columns out, rename them, or filter its rows.
      </p>
      <div>
        <ActionButton
          className={styles.toggle}
          iconProps={{ iconName: isPicking ? 'ChevronDown' : 'ChevronRight' }}
          text={
            isPicking ? 'Hide the list of entities' : entities.length === 0 ? 'Choose entities' : 'Choose more entities'
          }
          aria-expanded={isPicking}
          onClick={() => setIsPicking(!isPicking)}
        />
      </div>
      {isPicking && (
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
      {error !== undefined && (
        <div role="alert" className={styles.error} tabIndex={-1} data-invalid>
          {error}
        </div>
      )}
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
    </div>
  );
};
