import { useEffect, useEffectEvent, useRef } from 'react';
import type { DefaultValues, FieldValues, Path, PathValue, UseFormReturn } from 'react-hook-form';

/**
 * Brings what somebody else has saved meanwhile into the fields of a form that were not touched here. `saved` is what the form
 * would begin with now; another `etag` says that it is another version. For forms without objects inside.
 */
export const useTheirChanges = <Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  saved: Values,
  etag: string,
): void => {
  const opened = useRef({ saved, etag });
  const takeTheirs = useEffectEvent(() => {
    const before = opened.current;
    if (before.etag === etag) return;
    const mine = form.getValues();
    const kept = Object.keys(saved).filter((field) => mine[field] !== before.saved[field]);
    opened.current = { saved, etag };
    form.reset(saved as DefaultValues<Values>, { keepErrors: true });
    for (const field of kept)
      form.setValue(field as Path<Values>, mine[field] as PathValue<Values, Path<Values>>, { shouldDirty: true });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tag says that there is another version
  useEffect(() => takeTheirs(), [etag]);
};
