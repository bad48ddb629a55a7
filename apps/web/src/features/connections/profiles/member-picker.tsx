import { makeStyles } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../../lib/queries.ts';
import { useSettled } from '../../../lib/use-settled.ts';
import { roleWords } from '../../../lib/words.ts';
import { GroupedCombobox } from '../../../ui/grouped-combobox.tsx';
import { Initials } from '../../../ui/initials.tsx';

/** People offered at once; typing narrows them on the server. */
const offeredAtOnce = 20;

const useStyles = makeStyles((theme) => ({
  field: { maxWidth: 420 },
  note: { margin: '4px 0 0', color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px' },
  error: { margin: '4px 0 0', color: theme.semanticColors.errorText, fontSize: 12 },
}));

type Props = {
  environmentId: string;
  label: string;
  /** The ids of those who are there already. */
  taken: readonly string[];
  onAdd: (member: contract.Member) => void;
  isDisabled?: boolean;
};

/** Finds a member by a part of their name or address, with the keyboard or the pointer, and hands them over at once. */
export const MemberPicker = ({ environmentId, label, taken, onAdd, isDisabled = false }: Props) => {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const members = useQuery({
    ...read(contract.listMembers, {
      params: { environmentId },
      // As many more as may not be offered.
      query: {
        // What is known of customers is shown to people, who answer for looking at it; never to a program.
        filter: contract.formatFilter([{ field: 'kind', operator: 'in', values: ['person'] }]),
        search: useSettled(search).trim() || undefined,
        orderby: 'name',
        maxpagesize: Math.min(contract.maximumPageSize, offeredAtOnce + taken.length),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const offered = (members.data?.value ?? []).filter(({ id }) => !taken.includes(id)).slice(0, offeredAtOnce);
  return (
    <div>
      <div className={styles.field}>
        <GroupedCombobox
          label={label}
          placeholder="Name or e-mail address"
          isDisabled={isDisabled}
          value={undefined}
          valueText=""
          search={search}
          onSearch={setSearch}
          onChange={(key) => {
            const member = offered.find(({ id }) => id === key);
            if (member !== undefined) onAdd(member);
          }}
          groups={[
            {
              key: 'members',
              options: offered.map(({ id, name, email, role }) => ({
                key: id,
                text: name === '' ? email : `${name} · ${email}`,
                icon: <Initials name={name || email} />,
                note: roleWords[role],
              })),
            },
          ]}
          isLoading={members.isPending}
          none={search === '' ? 'Every member is there already.' : 'No further member of this environment fits.'}
        />
      </div>
      <p className={styles.note}>Only members of this environment. Who is not one yet is added under Members first.</p>
      {members.error !== null && (
        <p className={styles.error}>The members could not be loaded. {members.error.message}</p>
      )}
    </div>
  );
};
