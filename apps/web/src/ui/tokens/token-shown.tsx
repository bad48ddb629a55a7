import { MessageBar, MessageBarType, makeStyles, PrimaryButton, TextField } from '@fluentui/react';
import { apiRoot, type IssuedApiToken } from '@junction/contracts';
import { useState } from 'react';
import { CommandText } from '../command-text.tsx';
import { CopyButton } from '../copy-button.tsx';
import { Day } from '../day.tsx';
import { LeaveGuard } from '../leave-guard.tsx';
import { Section } from '../section.tsx';
import { SidePanel } from '../side-panel.tsx';

const useStyles = makeStyles((theme) => ({
  text: { margin: 0, lineHeight: '20px' },
  command: {
    margin: '8px 0',
    padding: 12,
    borderRadius: 4,
    background: theme.semanticColors.bodyStandoutBackground,
  },
}));

/** The variable that the example takes the token from, so that it does not end up in a history of commands. */
const variable = 'JUNCTION_TOKEN';

const exampleFor = (origin: string) =>
  `curl --header "Authorization: Bearer $${variable}" ${origin}${apiRoot}/environments`;

/** Shows a token, which nobody can read again once this is closed; closing it without a copy asks first. */
export const TokenShown = ({ issued, onClose }: { issued: IssuedApiToken; onClose: () => void }) => {
  const styles = useStyles();
  const [isCopied, setCopied] = useState(false);
  const example = exampleFor(window.location.origin);
  return (
    <SidePanel
      title="Copy the token now"
      subtitle={issued.name}
      onClose={onClose}
      footer={<PrimaryButton text="Done" onClick={onClose} />}
    >
      <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
        The token is shown only now. Keep it where secrets are kept: whoever has it can use it until it ends or is
        revoked.
      </MessageBar>
      <TextField
        label="Token"
        value={issued.token}
        readOnly
        multiline
        autoAdjustHeight
        resizable={false}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => event.currentTarget.select()}
        onCopy={() => setCopied(true)}
      />
      <div>
        <CopyButton text={issued.token} what="token" isLabeled onCopied={() => setCopied(true)} />
      </div>
      <p className={styles.text}>
        It ends on <Day at={issued.expiresAt} />.
      </p>
      <Section title="Try it">
        <p className={styles.text}>
          With the token in the variable {variable}, this lists the environments it reaches:
        </p>
        <div className={styles.command}>
          <CommandText>{example}</CommandText>
        </div>
        <CopyButton text={example} what="command" isLabeled />
      </Section>
      <LeaveGuard
        isDirty={!isCopied}
        question={{
          title: 'Close without copying the token?',
          text: 'It is not shown again. Without a copy you would have to make another one, and revoke this one.',
          confirmText: 'Close without a copy',
        }}
      />
    </SidePanel>
  );
};
