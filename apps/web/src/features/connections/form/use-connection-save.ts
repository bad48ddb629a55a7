import type { Connection, FieldError } from '@junction/contracts';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isProblem } from '../../../lib/errors.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import type { Check } from '../check/use-check.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** The form has one field for who can use the connection, whatever part of it the server names. */
const withSharingField = (error: Error & { fieldErrors?: readonly FieldError[] }) => {
  const fieldErrors = error.fieldErrors?.map((one) =>
    one.field.startsWith('sharing') ? { ...one, field: 'sharing' } : one,
  );
  return { name: error.name, message: error.message, fieldErrors };
};

type Options = {
  form: ConnectionForm;
  check: Check;
  /** Called once it is saved; leaves the form. */
  onSaved: (connection: Connection) => Promise<unknown>;
};

/** Saves the connection form, once at a time, and shows where it belongs what the server refused. */
export const useConnectionSave = ({ form, check, onSaved }: Options) => {
  const isUnderWay = useRef(false);
  const [isSaving, setIsSaving] = useState(false);
  const [isUnverified, setIsUnverified] = useState(false);

  const showRefusal = (error: Error) => {
    if (isProblem(error, 'checkFailed') && error.check !== undefined) {
      check.show(error.check);
      form.showFailures(error.check);
      setIsUnverified(true);
    } else applyProblem(form.form, withSharingField(error));
  };

  const save = async (send: () => Promise<Connection | undefined>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSaving(true);
    setIsUnverified(false);
    form.form.clearErrors();
    if (check.status === 'running') check.cancel();
    try {
      const saved = await send();
      if (saved !== undefined) await onSaved(saved);
      setIsSaving(false);
    } catch (thrown) {
      // At once, because a disabled field cannot get the focus.
      flushSync(() => setIsSaving(false));
      showRefusal(thrown instanceof Error ? thrown : new Error(String(thrown)));
    } finally {
      isUnderWay.current = false;
    }
  };

  return {
    isSaving,
    /** True after the server refused to save because the check failed; it may be saved anyway. */
    isUnverified,
    /** Saves with `send`, which resolves to undefined when there is something to decide first. Does nothing while a save is under way. */
    save,
  };
};

export type ConnectionSave = ReturnType<typeof useConnectionSave>;
