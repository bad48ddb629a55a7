import { DefaultButton, MessageBar, MessageBarType, PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { memberQuery } from './api.ts';
import { LinkPanel } from './link-panel.tsx';

/** Makes a one-time link with which a member sets a new password. */
export const ResetPasswordPanel = () => {
  const environment = useEnvironment();
  const { memberId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const member = useQuery(memberQuery(environment.id, memberId));
  const submit = useSubmit(contract.resetMemberPassword);
  const close = () => void navigate(keepSearch(paths.members(environment.id)));
  const name = member.data?.name || member.data?.email || 'this member';
  if (submit.data) {
    return (
      <LinkPanel
        title="Pass this link on"
        text={`With this link ${name} sets a new password and signs in.`}
        link={submit.data}
        onClose={close}
      />
    );
  }
  const error = submit.error ?? member.error;
  return (
    <SidePanel
      title={`Reset the password of ${name}`}
      onClose={close}
      footer={
        <>
          <PrimaryButton
            text={submit.isPending ? 'Making link …' : 'Make one-time link'}
            disabled={submit.isPending || member.data === undefined}
            onClick={() => submit.mutate({ params: { environmentId: environment.id, memberId } })}
          />
          <DefaultButton text="Cancel" onClick={close} />
        </>
      }
    >
      {error && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {error.message}
        </MessageBar>
      )}
      <p>
        You get a one-time link to pass on to {name}. With it they choose a new password; nobody else, you included,
        gets to know it.
      </p>
      <p>An earlier link for them stops working.</p>
    </SidePanel>
  );
};
