import type { Manifest } from '@junction/connectors/manifests';
import type { ConnectionDraft, ConnectionDraftStep, ProfileMapping } from '@junction/contracts';
import { isProblem } from '../../../lib/errors.ts';
import { type FormValues, newValues } from '../form/form-values.ts';

/** What of the wizard is kept while it is not done. */
export type DraftContent = Pick<ConnectionDraft, 'name' | 'settings' | 'mapping' | 'personIds' | 'everyHours' | 'step'>;

/** A secret that was typed or pasted into a field that is not for secrets: a signature, or a key in a connection string. */
const secretInside = /[?&;]\s*sig=|^sig=|accountkey\s*=|sharedaccesssignature\s*=/i;

type Filled = {
  values: Pick<FormValues, 'name' | 'settings'>;
  mapping: ProfileMapping | null;
  personIds: readonly string[];
  everyHours: number;
  step: ConnectionDraftStep;
};

/** What to keep of what was filled in: never a secret, even where it was put into the wrong field. */
export const contentOf = ({
  values: { name, settings },
  mapping,
  personIds,
  everyHours,
  step,
}: Filled): DraftContent => ({
  name,
  settings: Object.fromEntries(Object.entries(settings).filter(([, text]) => text !== '' && !secretInside.test(text))),
  mapping,
  personIds: [...personIds],
  everyHours,
  step,
});

/** The form of a draft. Its secrets are typed again, and the terms are agreed to when everything is there. */
export const valuesOfDraft = (manifest: Manifest, draft: Pick<ConnectionDraft, 'name' | 'settings'>): FormValues => {
  const values = newValues(manifest);
  const kept = Object.entries(draft.settings).filter(([name]) => name in values.settings);
  const settings = { ...values.settings, ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) };
  return { ...values, name: draft.name, settings };
};

/** A draft without the fields that the server refused to keep; undefined where it refused it for something else. */
export const withoutRefused = (content: DraftContent, error: unknown): DraftContent | undefined => {
  if (!isProblem(error, 'invalidInput')) return undefined;
  const refused = new Set(error.fieldErrors.map(({ field }) => field));
  const isKept = ([name]: [string, unknown]) => !refused.has(`settings.${name}`);
  const safe = {
    ...content,
    name: refused.has('name') ? '' : content.name,
    settings: Object.fromEntries(Object.entries(content.settings).filter(isKept)),
  };
  return JSON.stringify(safe) === JSON.stringify(content) ? undefined : safe;
};
