import { type IPersonaProps, makeStyles, NormalPeoplePicker } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { read } from '../../../lib/queries.ts';
import { roleWords } from '../../../lib/words.ts';

/** People offered at once; typing narrows them on the server. */
const offeredAtOnce = 20;
/** Typing fast asks the server once. */
const pauseMs = 200;

/** The coins of people have the same dark grounds in every theme. */
const coinText = '#ffffff';

const useStyles = makeStyles((theme) => ({
  note: { margin: '4px 0 0', color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px' },
  picker: { maxWidth: 420, '.ms-BasePicker-label': { fontWeight: 400 } },
  // Fluent cuts addresses off although there is room.
  suggestion: {
    '.ms-Persona': { width: 'auto' },
    '.ms-Persona-details': { width: 'auto', maxWidth: 'min(340px, 70vw)' },
    '.ms-Persona-initials': { color: coinText },
  },
}));

type Offered = IPersonaProps & { key: string; member: contract.Member };

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
  const inputId = useId('members');
  const client = useQueryClient();

  const find = async (text: string): Promise<Offered[]> => {
    const { value } = await client.fetchQuery(
      read(contract.listMembers, {
        params: { environmentId },
        query: { search: text.trim() || undefined, orderby: 'name', maxpagesize: offeredAtOnce },
      }),
    );
    return value
      .filter(({ id }) => !taken.includes(id))
      .map((member) => ({
        key: member.id,
        text: member.name || member.email,
        secondaryText: `${member.email} · ${roleWords[member.role]}`,
        member,
      }));
  };

  return (
    <div>
      <NormalPeoplePicker
        className={styles.picker}
        label={label}
        selectedItems={[]}
        onChange={(items = []) => {
          // All of them are from here.
          for (const { member } of items as Offered[]) onAdd(member);
        }}
        onResolveSuggestions={(text) => find(text)}
        onEmptyResolveSuggestions={() => find('')}
        getTextFromItem={({ text = '' }) => text}
        resolveDelay={pauseMs}
        disabled={isDisabled}
        selectionAriaLabel={label}
        pickerSuggestionsProps={{
          suggestionsItemClassName: styles.suggestion,
          noResultsFoundText: 'No further member of this environment fits.',
          loadingText: 'Looking for members …',
          suggestionsContainerAriaLabel: 'Members',
        }}
        inputProps={{ id: inputId, placeholder: 'Name or e-mail address' }}
      />
      <p className={styles.note}>Only members of this environment. Who is not one yet is added under Members first.</p>
    </div>
  );
};
