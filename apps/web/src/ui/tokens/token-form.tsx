import { maxTokenDays, type NewApiToken } from '@junction/contracts';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { dayOf } from '../dates.ts';
import { ChoiceInput, SelectInput, TextInput } from '../form/fields.tsx';
import { useNow } from '../use-now.ts';
import { useViewer } from '../viewer.tsx';
import { ownerWords, type TokenOwner } from './owner-words.ts';
import { ScopeInput } from './scope-input.tsx';
import { daysOfForm, type TokenValues } from './token-values.ts';

const lifetimes = [
  { key: '7', text: '7 days' },
  { key: '30', text: '30 days' },
  { key: '90', text: '90 days' },
  { key: '365', text: '365 days' },
  { key: 'own', text: 'Another number of days' },
];

const msPerDay = 24 * 60 * 60 * 1000;

/** The fields of a new token: its name, when it ends and what it may do. */
export const TokenFields = ({
  form,
  owner,
}: {
  form: UseFormReturn<TokenValues, unknown, NewApiToken>;
  owner: TokenOwner;
}) => {
  const { control } = form;
  const [lifetime, expiresInDays, access] = useWatch({ control, name: ['lifetime', 'expiresInDays', 'access'] });
  const end = useEnd(daysOfForm({ lifetime, expiresInDays }));
  const words = ownerWords[owner];
  return (
    <>
      <TextInput
        control={control}
        name="name"
        label="Name"
        help="What uses it, such as “Nightly report”. Give each its own, so that one can be revoked alone."
        autoComplete="off"
        isRequired
        hasFocusFirst
      />
      <SelectInput
        control={control}
        name="lifetime"
        label="Works for"
        help={lifetime === 'own' ? undefined : end}
        choices={lifetimes}
        isRequired
      />
      {lifetime === 'own' && (
        <TextInput
          control={control}
          name="expiresInDays"
          label="Days"
          help={end ?? `From 1 to ${maxTokenDays}.`}
          inputMode="numeric"
          autoComplete="off"
          isRequired
        />
      )}
      <ChoiceInput
        control={control}
        name="access"
        label="It may"
        help={words.bound}
        isRequired
        choices={[
          { key: 'readOnly', text: 'Read only', help: words.seen },
          { key: 'runExports', text: 'Run exports', help: 'Sees exports and their runs, runs them and cancels runs.' },
          { key: 'everything', text: words.everything, help: 'For few cases: whoever has the token can do all of it.' },
          { key: 'chosen', text: 'Only what I choose' },
        ]}
      />
      {access === 'chosen' && <ScopeInput control={control} />}
    </>
  );
};

/** "It ends on 20 February 2027." */
const useEnd = (days: number | undefined): string | undefined => {
  const viewer = useViewer();
  const now = useNow();
  return days === undefined
    ? undefined
    : `It ends on ${dayOf(new Date(now.getTime() + days * msPerDay).toISOString(), viewer)}.`;
};
