import type { Export } from '@junction/contracts';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import type { ExportForm } from './use-export-form.ts';

/** Saves the export form, once at a time, and shows where it belongs what the server refused. */
export const useExportSave = (form: ExportForm) => {
  const isUnderWay = useRef(false);
  const [isSaving, setIsSaving] = useState(false);

  /** Saves with `send`, which resolves to undefined when there is something to decide first; goes on with `onSaved`. */
  const save = async (
    send: () => Promise<Export | undefined>,
    onSaved: (saved: Export) => Promise<unknown>,
  ): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSaving(true);
    form.form.clearErrors('root');
    try {
      const saved = await send();
      if (saved !== undefined) await onSaved(saved);
      setIsSaving(false);
    } catch (thrown) {
      // At once: the focus goes to the first field in error, which must be shown and not disabled any more.
      flushSync(() => {
        setIsSaving(false);
        applyProblem(form.form, thrown instanceof Error ? thrown : new Error(String(thrown)));
      });
      form.goToProblem();
    } finally {
      isUnderWay.current = false;
    }
  };
  return { isSaving, save };
};
