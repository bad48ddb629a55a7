import { DefaultButton, MessageBar, MessageBarType, makeStyles, PrimaryButton, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { call } from '../../../lib/call.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment, useMe } from '../../../lib/session.ts';
import { someNames } from '../../../lib/words.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { AccessWarning } from './access-warning.tsx';
import { profileAccessQuery, useAccessChanged } from './api.ts';
import { MemberPicker } from './member-picker.tsx';
import { ReaderList } from './reader-list.tsx';
import { SelfGrantNote } from './self-grant-note.tsx';

const useStyles = makeStyles({ text: { margin: 0, lineHeight: '20px' } });

/** Lets more members see the profile data of the connection that the address names. */
export const AddPeoplePanel = () => {
  const styles = useStyles();
  const { connectionId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const me = useMe();
  const toasts = useToasts();
  const { close, closeSaved } = usePanels(paths.connection(environmentId, connectionId));
  const accessChanged = useAccessChanged(environmentId);
  const { data, error: unreadable, refetch } = useQuery(profileAccessQuery(environmentId, connectionId));
  const [people, setPeople] = useState<readonly contract.Member[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const nameOf = ({ name, email }: contract.Member) => name || email;

  const add = async () => {
    if (isBusy || people.length === 0) return;
    setIsBusy(true);
    setError(undefined);
    const added: contract.Member[] = [];
    try {
      for (const person of people) {
        await call(contract.grantProfileAccess, {
          params: { environmentId, connectionId },
          body: { personId: person.id },
        });
        added.push(person);
      }
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    await accessChanged();
    if (added.length > 0) toasts.success(`${someNames(added.map(nameOf))} can see the profile data now.`);
    if (added.length === people.length) return closeSaved();
    setPeople(people.filter((person) => !added.includes(person)));
    setIsBusy(false);
  };

  return (
    <SidePanel
      title="Add people"
      subtitle="They can see the report from their next request on."
      onClose={() => !isBusy && void close()}
      footer={
        <>
          <PrimaryButton
            text={isBusy ? 'Adding …' : 'Add'}
            disabled={isBusy || people.length === 0}
            allowDisabledFocus
            onClick={() => void add()}
          />
          <DefaultButton text="Cancel" disabled={isBusy} onClick={() => void close()} />
        </>
      }
    >
      {data === undefined ? (
        unreadable === null ? (
          <Spinner label="Loading who has access" />
        ) : (
          <ErrorState error={unreadable} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          {error !== undefined && (
            <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
              {error.message}
            </MessageBar>
          )}
          <p className={styles.text}>
            Profile data says who your customers are: their age and gender, where they live, what they earn. Add only
            who needs it.
          </p>
          <MemberPicker
            environmentId={environmentId}
            label="Members"
            taken={[...data.value.map(({ person }) => person.id), ...people.map(({ id }) => id)]}
            onAdd={(member) => setPeople((before) => [...before.filter(({ id }) => id !== member.id), member])}
            isDisabled={isBusy}
          />
          {people.some(({ id }) => id === me.id) && <SelfGrantNote />}
          <AccessWarning people={people.filter(({ id }) => id !== me.id)} ownEmail={me.email} />
          {people.length > 0 && (
            <ReaderList
              label="People to add"
              ownEmail={me.email}
              isDisabled={isBusy}
              people={people.map((person) => ({
                ...person,
                onRemove: () => setPeople((before) => before.filter(({ id }) => id !== person.id)),
              }))}
            />
          )}
        </>
      )}
      <LeaveGuard isDirty={people.length > 0} />
    </SidePanel>
  );
};
