import { toNestErrors } from '@hookform/resolvers';
import type { EntityDetails, Export } from '@junction/contracts';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type FieldError, type FieldErrors, get, type Resolver, useForm, useWatch } from 'react-hook-form';
import { entityQuery } from '../api.ts';
import { type ExportValues, type KnownColumns, problemsOf, valuesOf } from './form-values.ts';

/** Errors by the path of their field, in the shape the form library wants them. */
const resolverFor =
  (known: KnownColumns, saved: Export | undefined): Resolver<ExportValues> =>
  (values, _context, options) => {
    const problems = problemsOf(values, known, saved);
    if (problems.length === 0) return { values, errors: {} };
    // The first thing that is wrong with a field is the one to say.
    const flat = Object.fromEntries(
      problems.toReversed().map(({ path, kind, message }) => [path, { type: kind, message }]),
    );
    return { values: {}, errors: toNestErrors(flat as FieldErrors<ExportValues>, options) };
  };

const columnsOf = (entityIds: readonly string[], answers: readonly { data?: EntityDetails }[]): KnownColumns =>
  new Map(entityIds.flatMap((id, index) => (answers[index]?.data ? [[id, answers[index].data.columns] as const] : [])));

/** The logic of the export form, for a new export or for `saved`: what is entered, what is wrong with it, what is known. */
export const useExportForm = (environmentId: string, initial: ExportValues, saved?: Export) => {
  const [entityIds, setEntityIds] = useState(() => initial.entities.map(({ entityId }) => entityId));
  // Only what has been read already: the part of the form that shows an entity's columns asks for them.
  const answers = useQueries({
    queries: entityIds.map((entityId) => ({ ...entityQuery(environmentId, entityId), enabled: false })),
  });
  const known = columnsOf(entityIds, answers);
  const form = useForm<ExportValues>({
    defaultValues: initial,
    mode: 'onTouched',
    // Many fields are no inputs that the form library knows, so we move the focus ourselves (goToProblem).
    shouldFocusError: false,
    resolver: resolverFor(known, saved),
  });
  const { control, formState, reset, setValue } = form;
  const values = useWatch({ control, compute: (current: ExportValues) => current });
  const ids = values.entities.map(({ entityId }) => entityId).join();
  useEffect(() => setEntityIds(ids === '' ? [] : ids.split(',')), [ids]);

  const element = useRef<HTMLFormElement>(null);
  return {
    form,
    values,
    known,
    element,
    /** What is wrong at a path, once it is to be said. */
    errorAt: (path: string): string | undefined => {
      const error = get(formState.errors, path) as (FieldError & { root?: FieldError }) | undefined;
      return error?.message ?? error?.root?.message;
    },
    hasErrorsBelow: (path: string): boolean => get(formState.errors, path) !== undefined,
    setEntities: (entities: ExportValues['entities']) =>
      setValue('entities', entities, {
        shouldDirty: true,
        shouldTouch: true,
        shouldValidate: formState.isSubmitted,
      }),
    /** Moves the focus to the first field in error, once the errors are shown. */
    goToProblem: () => {
      setTimeout(() => {
        const find = (selector: string) => element.current?.querySelector<HTMLElement>(selector);
        (find('[aria-invalid="true"]') ?? find('[data-invalid]'))?.focus();
      });
    },
    /** Starts over from a newer saved version, with these values in the form. */
    startFrom: (newer: Export, next: ExportValues) => {
      reset(valuesOf(newer));
      reset(next, { keepDefaultValues: true });
    },
  };
};

export type ExportForm = ReturnType<typeof useExportForm>;
