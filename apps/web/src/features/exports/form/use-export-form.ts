import { toNestErrors } from '@hookform/resolvers';
import type { EntityDetails, Export } from '@junction/contracts';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type FieldError, type FieldErrors, get, type Resolver, useForm, useWatch } from 'react-hook-form';
import { entityQuery } from '../api.ts';
import { takesRows } from '../takes-rows.ts';
import { useConnectionType } from './connection-type.ts';
import { conditionsIn } from './filter-tree.ts';
import {
  type ExportValues,
  type FilePart,
  fileProblems,
  type KnownColumns,
  problemsOf,
  valuesOf,
} from './form-values.ts';

const allConditions = ({ entities }: ExportValues) =>
  entities.flatMap(({ filter }, index) => (filter === null ? [] : conditionsIn(filter, `entities.${index}.filter`)));

/**
 * Errors by the path of their field, in the shape the form library wants them. Conditions that no save has asked for yet have
 * none: whoever has just added one is about to fill it in.
 */
const resolverFor =
  (
    known: KnownColumns,
    saved: Export | undefined,
    isAskedFor: (conditionKey: string) => boolean,
  ): Resolver<ExportValues> =>
  (values, _context, options) => {
    const fresh = allConditions(values).filter(({ key }) => !isAskedFor(key));
    const problems = problemsOf(values, known, saved).filter(
      (problem) => !fresh.some(({ path }) => problem.path.startsWith(`${path}.`)),
    );
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
  const askedFor = useRef<ReadonlySet<string>>(new Set());
  const form = useForm<ExportValues>({
    defaultValues: initial,
    mode: 'onTouched',
    // Many fields are no inputs that the form library knows, so we move the focus ourselves (goToProblem).
    shouldFocusError: false,
    resolver: resolverFor(known, saved, (key) => askedFor.current.has(key)),
  });
  const { control, formState, getValues, reset, resetField, setValue } = form;
  const values = useWatch({ control, compute: (current: ExportValues) => current });
  const hasFiles = !takesRows(useConnectionType(environmentId, values.connectionId, saved?.connection));
  useEffect(() => {
    if (hasFiles) return;
    // What is not shown any more must not keep the form from being saved.
    for (const { path } of fileProblems(getValues())) resetField(path.split('.')[0] as FilePart);
  }, [hasFiles, getValues, resetField]);
  const ids = values.entities.map(({ entityId }) => entityId).join();
  useEffect(() => setEntityIds(ids === '' ? [] : ids.split(',')), [ids]);

  const element = useRef<HTMLFormElement>(null);
  /** Moves the focus to the first field in error, once the errors are shown. */
  const goToProblem = () => {
    setTimeout(() => {
      const find = (selector: string) => element.current?.querySelector<HTMLElement>(selector);
      (find('[aria-invalid="true"]') ?? find('[data-invalid]'))?.focus();
    });
  };
  return {
    form,
    values,
    known,
    /** Whether the chosen connection is given files, or rows, for which format, folder and retention mean nothing. */
    hasFiles,
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
    goToProblem,
    /** Saves with `onSave` when nothing is wrong, else goes to the first thing that is. */
    submit: (onSave: () => unknown): Promise<unknown> => {
      askedFor.current = new Set(allConditions(form.getValues()).map(({ key }) => key));
      return form.handleSubmit(() => onSave(), goToProblem)();
    },
    /** Starts over from a newer saved version, with these values in the form. */
    startFrom: (newer: Export, next: ExportValues) => {
      reset(valuesOf(newer));
      reset(next, { keepDefaultValues: true });
    },
  };
};

export type ExportForm = ReturnType<typeof useExportForm>;
