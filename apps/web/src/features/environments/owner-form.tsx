import { DefaultButton, Dropdown, MessageBar, MessageBarType, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../lib/use-submit.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DetailList } from '../../ui/detail-list.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { adminsQuery, useEnvironmentChanged } from './api.ts';

/** Hands the environment to another of its admins. */
export const OwnerForm = ({ environment }: { environment: contract.Environment }) => {
  const toasts = useToasts();
  const environmentChanged = useEnvironmentChanged();
  const admins = useQuery(adminsQuery(environment.id));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const submit = useSubmit(contract.updateEnvironment, {
    onSuccess: async (saved) => {
      setAsking(false);
      setChosenId(null);
      toasts.success(`${saved.owner.name} owns ${saved.name} now.`);
      await environmentChanged(saved);
    },
  });
  const others = admins.data?.value.filter(({ id }) => id !== environment.owner.id) ?? [];
  const chosen = others.find(({ id }) => id === chosenId);
  return (
    <>
      <DetailList items={[{ term: 'Owner', value: environment.owner.name }]} />
      {admins.isPending && <Spinner label="Loading" />}
      {admins.isError && <MessageBar messageBarType={MessageBarType.error}>{admins.error.message}</MessageBar>}
      {admins.isSuccess && others.length === 0 && (
        <p>There is no other admin yet. Make somebody an admin under Members first.</p>
      )}
      {others.length > 0 && (
        <>
          <Dropdown
            label="Hand over to"
            placeholder="Choose an admin"
            options={others.map(({ id, name }) => ({ key: id, text: name }))}
            selectedKey={chosenId}
            onChange={(_, option) => setChosenId(option ? String(option.key) : null)}
            styles={{ root: { marginBottom: 16 } }}
          />
          <DefaultButton text="Hand over …" disabled={chosen === undefined} onClick={() => setAsking(true)} />
        </>
      )}
      {isAsking && chosen && (
        <ConfirmDialog
          title={`Hand ${environment.name} to ${chosen.name}?`}
          consequences={[
            `${chosen.name} becomes the owner and always keeps their place.`,
            `${environment.owner.name} stays an admin, whom other admins may change or remove.`,
          ]}
          confirmText="Hand over"
          isDangerous={false}
          isBusy={submit.isPending}
          error={submit.error}
          onConfirm={() =>
            submit.mutate({
              params: { environmentId: environment.id },
              body: { ownerId: chosen.id },
              ifMatch: environment.etag,
            })
          }
          onCancel={() => {
            submit.reset();
            setAsking(false);
          }}
        />
      )}
    </>
  );
};
