import { Link as FluentLink, type IPersonaProps, makeStyles, NormalPeoplePicker } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { read } from '../../../lib/queries.ts';

/** People offered at once; typing narrows them on the server. */
const offeredAtOnce = 20;
/** Typing fast asks the server once. */
const pauseMs = 200;

const contributorsQuery = (environmentId: string, search: string) =>
  read(contract.listMembers, {
    params: { environmentId },
    query: {
      search: search.trim() || undefined,
      filter: contract.formatFilter([{ field: 'role', operator: 'in', values: ['contributor'] }]),
      orderby: 'name',
      maxpagesize: offeredAtOnce,
    },
  });

/** The coins of people have the same dark grounds in every theme. */
const coinText = '#ffffff';

const useStyles = makeStyles((theme) => ({
  note: { margin: '4px 0 0', color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px' },
  error: { margin: '4px 0 0', color: theme.semanticColors.errorText, fontSize: 12 },
  // Fluent lays the input beside the names however little room is left.
  picker: {
    '.ms-BasePicker-input': { minWidth: 120 },
    '.ms-BasePicker-label': { fontWeight: 400 },
    '.ms-Persona-initials': { color: coinText },
  },
  // Fluent cuts addresses off although there is room.
  suggestion: {
    '.ms-Persona': { width: 'auto' },
    '.ms-Persona-details': { width: 'auto', maxWidth: 240 },
    '.ms-Persona-initials': { color: coinText },
  },
}));

type Props = {
  environmentId: string;
  people: readonly contract.PersonRef[];
  onChange: (people: contract.PersonRef[]) => void;
  isDisabled?: boolean;
  error?: string;
};

/** Names contributors: type a part of a name or address, choose with the keyboard or the pointer. */
export const ContributorPicker = ({ environmentId, people, onChange, isDisabled = false, error }: Props) => {
  const styles = useStyles();
  const inputId = useId('contributors');
  const client = useQueryClient();
  const first = useQuery(contributorsQuery(environmentId, ''));
  const hasNobody = first.data?.value.length === 0;

  const find = async (text: string, chosen: readonly IPersonaProps[] = []): Promise<IPersonaProps[]> => {
    const { value } = await client.fetchQuery(contributorsQuery(environmentId, text));
    const taken = new Set(chosen.map(({ key }) => key));
    return value
      .filter(({ id }) => !taken.has(id))
      .map(({ id, name, email, kind }): IPersonaProps & { key: string } => ({
        key: id,
        text: name,
        secondaryText: kind === 'service' ? 'Service account' : email,
      }));
  };
  const refs = (items: readonly IPersonaProps[]): contract.PersonRef[] =>
    items.map(({ key, text }) => ({ id: String(key), name: text ?? '' }));

  return (
    <div>
      <NormalPeoplePicker
        className={styles.picker}
        label="Contributors"
        required
        errorMessage={error}
        selectedItems={people.map(({ id, name }): IPersonaProps & { key: string } => ({ key: id, text: name }))}
        onChange={(items = []) => onChange(refs(items))}
        onResolveSuggestions={find}
        onEmptyResolveSuggestions={(chosen) => find('', chosen)}
        getTextFromItem={({ text = '' }) => text}
        resolveDelay={pauseMs}
        itemLimit={contract.maximumNamedContributors}
        disabled={isDisabled || (hasNobody && people.length === 0)}
        removeButtonAriaLabel="Remove"
        selectionAriaLabel="Named contributors"
        pickerSuggestionsProps={{
          suggestionsItemClassName: styles.suggestion,
          noResultsFoundText: 'No contributor of this environment fits.',
          loadingText: 'Looking for contributors …',
          suggestionsContainerAriaLabel: 'Contributors',
        }}
        inputProps={{ id: inputId, placeholder: people.length === 0 ? 'Name or e-mail address' : undefined }}
      />
      <p className={styles.note}>
        {hasNobody ? (
          <>
            There are no contributors in this environment yet.{' '}
            <FluentLink as={Link} to={paths.members(environmentId)}>
              Add one under Members
            </FluentLink>
            , or make another choice.
          </>
        ) : (
          'They keep this right while they are contributors.'
        )}
      </p>
      {first.error !== null && <p className={styles.error}>Contributors could not be loaded. {first.error.message}</p>}
    </div>
  );
};
