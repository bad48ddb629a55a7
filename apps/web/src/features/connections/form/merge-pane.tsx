import { ChoiceGroup, DefaultButton, makeStyles, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { useState } from 'react';
import { inSentence, listOfWords } from '../../../lib/words.ts';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { type Choices, initialChoices, type MergeRow, type Side } from './merge.ts';

const useStyles = makeStyles((theme) => ({
  paragraph: { margin: 0, lineHeight: '20px' },
  row: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    padding: '8px 16px 12px',
    margin: 0,
  },
  legend: { fontWeight: 600, padding: 0, float: 'left', width: '100%' },
  note: { clear: 'both', color: theme.semanticColors.bodySubtext, fontSize: 12, marginBottom: 4 },
  value: { overflowWrap: 'anywhere' },
  why: { flexBasis: '100%', margin: 0, color: theme.semanticColors.bodySubtext, fontSize: 12 },
}));

const notes: Readonly<Record<MergeRow['changedBy'], string>> = {
  you: 'Only you changed this.',
  others: 'Only somebody else changed this.',
  both: 'You both changed this.',
};

type Props = {
  name: string;
  rows: readonly MergeRow[];
  /** The labels of secrets that somebody else replaced; theirs stay. */
  keptSecrets: readonly string[];
  onSave: (choices: Choices) => unknown;
  onBack: () => void;
};

/** Both versions of a connection that two people edited at once, field by field, and the choice between them. */
export const MergePane = ({ name, rows, keptSecrets, onSave, onBack }: Props) => {
  const styles = useStyles();
  const whyId = useId('open-choices');
  const [choices, setChoices] = useState<Choices>(() => initialChoices(rows));
  const open = rows.filter(({ field }) => choices[field] === undefined);
  const footer = (
    <>
      {open.length > 0 && (
        <p id={whyId} className={styles.why}>
          Choose a version of {listOfWords(open.map(({ label }) => `“${label}”`))}.
        </p>
      )}
      <PrimaryButton
        text="Save"
        disabled={open.length > 0}
        allowDisabledFocus
        aria-describedby={open.length > 0 ? whyId : undefined}
        onClick={() => open.length === 0 && onSave(choices)}
      />
      <DefaultButton text="Back to the form" onClick={onBack} />
    </>
  );
  return (
    <SidePanel title={`${name} was changed meanwhile`} size="details" footer={footer} onClose={onBack}>
      <p className={styles.paragraph}>
        Somebody else saved this connection after you opened it. Choose what to keep in each field that differs; nothing
        is saved until you do.
      </p>
      {keptSecrets.length > 0 && (
        <p className={styles.paragraph}>
          Somebody else also replaced the {listOfWords(keptSecrets.map(inSentence))}; the new one stays.
        </p>
      )}
      {rows.map((row) => (
        <MergeChoice
          key={row.field}
          row={row}
          side={choices[row.field]}
          onChoose={(side) => setChoices((before) => ({ ...before, [row.field]: side }))}
        />
      ))}
      <LeaveGuard isDirty />
    </SidePanel>
  );
};

const MergeChoice = ({
  row,
  side,
  onChoose,
}: {
  row: MergeRow;
  side: Side | undefined;
  onChoose: (side: Side) => void;
}) => {
  const styles = useStyles();
  const option = (key: Side, whose: string, value: string) => ({
    key,
    text: `${whose}: ${value === '' ? '(empty)' : value}`,
  });
  return (
    <fieldset className={styles.row}>
      <legend className={styles.legend}>{row.label}</legend>
      <div className={styles.note}>{notes[row.changedBy]}</div>
      <ChoiceGroup
        className={styles.value}
        ariaLabelledBy=""
        selectedKey={side ?? null}
        options={[option('yours', 'Your version', row.yours), option('theirs', 'Saved version', row.theirs)]}
        onChange={(_, chosen) => onChoose(chosen?.key === 'theirs' ? 'theirs' : 'yours')}
      />
    </fieldset>
  );
};
