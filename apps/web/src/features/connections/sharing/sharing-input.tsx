import { ChoiceGroup, makeStyles } from '@fluentui/react';
import { SharedWith, type SharingView } from '@junction/contracts';
import { sharedWithWords } from '../words.ts';
import { ContributorPicker } from './contributor-picker.tsx';

const useStyles = makeStyles((theme) => ({
  help: { color: theme.semanticColors.bodySubtext, fontSize: 12, display: 'block', marginTop: 4 },
  // In line with the words of the choice that it belongs to.
  people: { paddingInlineStart: 26 },
}));

const options = SharedWith.options.map((key) => ({ key, text: sharedWithWords[key] }));

type Props = {
  environmentId: string;
  label: string;
  /** Undefined while nothing is chosen. */
  value: SharingView | undefined;
  onChange: (sharing: SharingView) => void;
  onBlur?: () => void;
  isDisabled?: boolean;
  error?: string;
};

/** Who can use a connection: administrators, all contributors too, or some by name. */
export const SharingInput = ({ environmentId, label, value, onChange, onBlur, isDisabled, error }: Props) => {
  const styles = useStyles();
  const people = value?.people ?? [];
  return (
    <div>
      <ChoiceGroup
        label={label}
        required
        disabled={isDisabled}
        selectedKey={value?.sharedWith ?? null}
        options={options}
        onChange={(_, option) => onChange({ sharedWith: SharedWith.parse(option?.key), people })}
        onBlur={onBlur}
      />
      {value?.sharedWith === 'namedContributors' && (
        <div className={styles.people}>
          <ContributorPicker
            environmentId={environmentId}
            people={people}
            onChange={(named) => onChange({ sharedWith: 'namedContributors', people: named })}
            isDisabled={isDisabled}
            error={error}
          />
        </div>
      )}
      <span className={styles.help}>
        Contributors see only its name and type. They can use it for exports, but not open or change it.
      </span>
    </div>
  );
};
