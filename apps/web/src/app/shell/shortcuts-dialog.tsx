import { DefaultButton, Dialog, DialogFooter, makeStyles, Toggle } from '@fluentui/react';
import { Fragment, useState } from 'react';
import { shortcuts, shortcutsPreference } from './shortcuts.ts';

const useStyles = makeStyles((theme) => ({
  list: { display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '8px 16px', margin: '0 0 16px', alignItems: 'center' },
  keys: { display: 'flex', gap: 4, margin: 0 },
  text: { margin: 0 },
  key: {
    minWidth: 20,
    padding: '2px 6px',
    textAlign: 'center',
    border: `1px solid ${theme.palette.neutralTertiary}`,
    borderBottomWidth: 2,
    borderRadius: 4,
    fontFamily: 'inherit',
    fontSize: 12,
  },
}));

/** The keyboard shortcuts there are, and the switch that turns them off. */
export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => {
  const styles = useStyles();
  const [isOn, setOn] = useState(shortcutsPreference.get() !== 'off');
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      minWidth={320}
      maxWidth={480}
      dialogContentProps={{ title: 'Keyboard shortcuts', showCloseButton: false }}
    >
      <dl className={styles.list}>
        {shortcuts.map(({ keys, text }) => (
          <Fragment key={text}>
            <dt className={styles.keys}>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className={styles.text}>{text}</dd>
          </Fragment>
        ))}
      </dl>
      <Toggle
        label="Single-key shortcuts"
        inlineLabel
        onText="On"
        offText="Off"
        checked={isOn}
        onChange={(_, checked = true) => {
          shortcutsPreference.set(checked ? 'on' : 'off');
          setOn(checked);
        }}
      />
      <DialogFooter>
        <DefaultButton text="Close" onClick={onClose} />
      </DialogFooter>
    </Dialog>
  );
};
