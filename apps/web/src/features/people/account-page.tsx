import { makeStyles } from '@fluentui/react';
import { PageHeader } from '../../ui/page-header.tsx';
import { MySessions } from './my-sessions.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
    gap: 16,
    alignItems: 'start',
    marginBottom: 16,
  },
});

/** What is one's own: name, theme, time zone, password and sessions. */
export const AccountPage = () => {
  const styles = useStyles();
  return (
    <>
      <PageHeader
        title="Account"
        purpose="Your name, how Junction looks to you, your password, and where you are signed in."
      />
      <div className={styles.columns}>
        <ProfileForm />
        <PasswordForm />
      </div>
      <MySessions />
    </>
  );
};
