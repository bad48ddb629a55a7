import { DefaultButton, Label, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { dayOf } from '../../../ui/dates.ts';
import { useViewer } from '../../../ui/viewer.tsx';

const useStyles = makeStyles((theme) => ({
  row: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12, minHeight: 32 },
  // As light as the labels of the inputs around it.
  label: { fontWeight: 400 },
  date: { color: theme.semanticColors.bodySubtext },
}));

type Props = {
  label: string;
  setAt: string;
  isDisabled: boolean;
  /** True when it comes back after a replacement that was given up. */
  hasFocusFirst: boolean;
  onReplace: () => void;
};

/** A secret that is set: since when, and the way to another one. The secret itself never comes to the browser. */
export const StoredSecret = ({ label, setAt, isDisabled, hasFocusFirst, onReplace }: Props) => {
  const styles = useStyles();
  const labelId = useId('secret');
  const viewer = useViewer();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
    <div role="group" aria-labelledby={labelId}>
      <Label id={labelId} className={styles.label}>
        {label}
      </Label>
      <div className={styles.row}>
        <span className={styles.date}>Set on {dayOf(setAt, viewer)}</span>
        <DefaultButton
          text="Replace"
          ariaLabel={`Replace ${label}`}
          autoFocus={hasFocusFirst}
          disabled={isDisabled}
          onClick={onReplace}
        />
      </div>
    </div>
  );
};
