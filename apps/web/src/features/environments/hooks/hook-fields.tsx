import { hookNoticeKinds, type NoticeHook } from '@junction/contracts';
import type { UseFormReturn } from 'react-hook-form';
import { noticeKindWords } from '../../../lib/notice-words.ts';
import { ChecksInput } from '../../../ui/form/checks-input.tsx';
import { TextInput, ToggleInput } from '../../../ui/form/fields.tsx';
import type { Hook, HookValues } from './hook-values.ts';
import { SecretField } from './secret-field.tsx';

const kindChoices = hookNoticeKinds.map((key) => ({ key, text: noticeKindWords[key] }));

/** The fields of a webhook, new or there already. */
export const HookFields = ({ form, hook }: { form: UseFormReturn<HookValues, unknown, Hook>; hook?: NoticeHook }) => (
  <>
    <TextInput
      control={form.control}
      name="name"
      label="Name"
      placeholder="Operations chat"
      autoComplete="off"
      isRequired
    />
    <TextInput
      control={form.control}
      name="url"
      label="URL"
      type="url"
      placeholder="https://hooks.contoso.com/junction"
      autoComplete="off"
      isRequired
      help="Every admin can see it, so it must hold no secret."
    />
    <ChecksInput control={form.control} name="kinds" label="Send a notice when" choices={kindChoices} isRequired />
    <SecretField form={form} signedUrl={hook?.isSigned === true ? hook.url : undefined} />
    <ToggleInput control={form.control} name="isOn" label="Sending" words={{ true: 'On', false: 'Off' }} />
  </>
);
