import { DefaultButton, makeStyles } from '@fluentui/react';
import type { SignInOptions } from '@junction/contracts';
import { roleWords } from '../../lib/words.ts';

const useStyles = makeStyles((theme) => ({
  root: { marginTop: 24, paddingTop: 16, borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
  title: { fontSize: 14, fontWeight: 600, margin: '0 0 4px' },
  hint: { margin: '0 0 12px', color: theme.semanticColors.bodySubtext, fontSize: 12 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: 8 },
}));

/** The sample accounts of demo mode; choosing one fills in its address. */
export const DemoAccounts = ({
  accounts,
  onChoose,
}: {
  accounts: SignInOptions['demoAccounts'];
  onChoose: (email: string) => void;
}) => {
  const styles = useStyles();
  return (
    <section className={styles.root} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts" className={styles.title}>
        Sample accounts
      </h2>
      <p className={styles.hint}>Their password is printed where Junction was started.</p>
      <div className={styles.buttons}>
        {accounts.map(({ email, role }) => (
          <DefaultButton
            key={email}
            text={roleWords[role]}
            title={email}
            ariaLabel={`${roleWords[role]}, ${email}`}
            onClick={() => onChoose(email)}
          />
        ))}
      </div>
    </section>
  );
};
