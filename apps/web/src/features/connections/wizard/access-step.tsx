import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { maximumProfileAccess } from '@junction/contracts';
import { useMe } from '../../../lib/session.ts';
import { AccessWarning } from '../profiles/access-warning.tsx';
import { MemberPicker } from '../profiles/member-picker.tsx';
import { ReaderList } from '../profiles/reader-list.tsx';
import type { SetUp } from './use-set-up.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 16, maxWidth: 640 },
  text: { margin: 0, lineHeight: '20px' },
  note: { margin: 0, color: theme.semanticColors.bodySubtext, lineHeight: '20px' },
}));

/** The second step: who may see the profile data. */
export const AccessStep = ({ setUp }: { setUp: SetUp }) => {
  const styles = useStyles();
  const me = useMe();
  const { environmentId, people, addPerson, removePerson, refusals, isBusy } = setUp;
  const refused = refusals.filter(({ step }) => step === 'access');
  return (
    <div className={styles.root}>
      <p className={styles.text}>
        Profile data says who your customers are: their age and gender, where they live, what they earn. Even numbers
        can tell on people where they are about few. So nobody sees it unless they are named here: not the other
        members, and not other admins either.
      </p>
      {refused.map(({ message }) => (
        <MessageBar key={message} messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          {message}
        </MessageBar>
      ))}
      <MemberPicker
        environmentId={environmentId}
        label="Add people"
        taken={[me.id, ...people.map(({ id }) => id)]}
        onAdd={addPerson}
        isDisabled={isBusy || people.length >= maximumProfileAccess - 1}
      />
      <AccessWarning people={people} ownEmail={me.email} />
      <ReaderList
        label="People with access to profile data"
        ownEmail={me.email}
        isDisabled={isBusy}
        people={[
          { id: me.id, name: me.name, email: me.email, role: 'admin', note: 'Sets it up, and has access' },
          ...people.map((person) => ({ ...person, onRemove: () => removePerson(person.id) })),
        ]}
      />
      <p className={styles.note}>
        You can change this later in the details of the connection. It has nothing to do with who can use the connection
        for exports: at first those are administrators, and that is chosen under Share.
      </p>
    </div>
  );
};
