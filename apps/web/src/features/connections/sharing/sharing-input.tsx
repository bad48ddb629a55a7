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
  value: SharingView;
  onChange: (sharing: SharingView) => void;
  onBlur?: () => void;
  isDisabled?: boolean;
  error?: string;
};

/** Who can use a connection: administrators, all contributors too, or some by name. */
export const SharingInput = ({ environmentId, label, value, onChange, onBlur, isDisabled, error }: Props) => {
  const styles = useStyles();
  const isByName = value.sharedWith === 'namedContributors';
  return (
    <div>
      <ChoiceGroup
        label={label}
        required
        disabled={isDisabled}
        selectedKey={value.sharedWith}
        options={options}
        onChange={(_, option) => onChange({ ...value, sharedWith: SharedWith.parse(option?.key) })}
        onBlur={onBlur}
      />
      {isByName && (
        <div className={styles.people}>
          <ContributorPicker
            environmentId={environmentId}
            people={value.people}
            onChange={(people) => onChange({ ...value, people })}
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
