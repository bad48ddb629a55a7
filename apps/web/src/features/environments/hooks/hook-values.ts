import { hookNoticeKinds, NewNoticeHook, type NoticeHook, type UpdateNoticeHook } from '@junction/contracts';
import * as z from 'zod';

const { name, url, kinds } = NewNoticeHook.shape;

/** What becomes of the signing secret that is set, or of there being none. */
const SecretPlan = z.enum(['keep', 'replace', 'remove']);

/** The form of a webhook. It holds what is typed, and the toggle as text. */
export const HookForm = z
  .object({
    name,
    url,
    kinds,
    isOn: z.enum(['true', 'false']).transform((text) => text === 'true'),
    secretPlan: SecretPlan,
    secret: z.string().trim(),
  })
  .refine(({ secretPlan, secret }) => secretPlan !== 'replace' || secret !== '', {
    path: ['secret'],
    error: 'Enter a signing secret, or keep the one that is set.',
  });
export type HookValues = z.input<typeof HookForm>;
export type Hook = z.output<typeof HookForm>;

/** What the form begins with: a webhook as it is, or a new one that wants to know everything. */
export const valuesOf = (hook?: NoticeHook): HookValues => ({
  name: hook?.name ?? '',
  url: hook?.url ?? '',
  kinds: hook?.kinds ?? [...hookNoticeKinds],
  isOn: hook?.isOn === false ? 'false' : 'true',
  secretPlan: 'keep',
  secret: '',
});

/** What is sent of the secret; undefined leaves it as it is. */
const secretOf = ({ secretPlan, secret }: Hook): string | null | undefined =>
  secretPlan === 'remove' ? null : secret || undefined;

/** A new webhook as the API takes it. */
export const newHookOf = ({ name, url, kinds, isOn, secret }: Hook): NewNoticeHook => ({
  name,
  url,
  kinds,
  isOn,
  secret: secret || undefined,
});

const asText = (kinds: readonly string[]): string => kinds.toSorted().join();

/** What differs from the webhook as it is saved, and nothing else: what somebody else changed stays. */
export const changesOf = (hook: Hook, saved: NoticeHook): UpdateNoticeHook => ({
  ...(hook.name !== saved.name && { name: hook.name }),
  ...(hook.url !== saved.url && { url: hook.url }),
  ...(asText(hook.kinds) !== asText(saved.kinds) && { kinds: hook.kinds }),
  ...(hook.isOn !== saved.isOn && { isOn: hook.isOn }),
  secret: secretOf(hook),
});

/** What was changed in the form since it began with `opened`. */
export const changedHere = (mine: HookValues, opened: HookValues): (keyof HookValues)[] =>
  (Object.keys(mine) as (keyof HookValues)[]).filter((field) => String(mine[field]) !== String(opened[field]));
