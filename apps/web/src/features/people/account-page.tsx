import { makeStyles } from '@fluentui/react';
import { Outlet } from 'react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { MySessions } from './my-sessions.tsx';
import { MyTokens } from './my-tokens.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SignInCard } from './sign-in-card.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
    gap: 16,
    alignItems: 'start',
    marginBottom: 16,
  },
  lists: { display: 'flex', flexDirection: 'column', gap: 16 },
});

/** What is one's own: name, theme, time zone, ways to sign in, tokens and sessions. */
export const AccountPage = () => {
  const styles = useStyles();
  return (
    <>
      <PageHeader
        title="Account"
        purpose="Your name, how Junction looks to you, how and where you sign in, and what acts in your name."
      />
      <div className={styles.columns}>
        <ProfileForm />
        <SignInCard />
      </div>
      <div className={styles.lists}>
        <MyTokens />
        <MySessions />
      </div>
      <Outlet />
    </>
  );
};
