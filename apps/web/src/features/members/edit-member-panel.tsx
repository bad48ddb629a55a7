import { Link, Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import * as z from 'zod';
import { call } from '../../lib/call.ts';
import { isProblem } from '../../lib/errors.ts';
import { paths } from '../../lib/paths.ts';
import { useEnvironment, useMe } from '../../lib/session.ts';
import { useWaysToSignIn } from '../../lib/sign-in-options.ts';
import { roleWords } from '../../lib/words.ts';
import { DetailList } from '../../ui/detail-list.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { FormPanel } from '../../ui/form/form-panel.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { memberProfileAccessQuery, memberQuery, useMembersChanged } from './api.ts';
import { ProfileAccessInput } from './profile-access-input.tsx';
import { roleFromWords } from './role-from-words.ts';
import { RoleInput } from './role-input.tsx';

/** A member's details, their role to change, and what profile data they may see. */
export const EditMemberPanel = () => {
  const environment = useEnvironment();
  const { memberId = '' } = useParams();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const member = useQuery(memberQuery(environment.id, memberId));
  const access = useQuery(memberProfileAccessQuery(environment.id, memberId));
  const close = (how = {}) => void navigate(keepSearch(paths.members(environment.id)), how);
  if (member.data?.kind === 'service')
    return <Navigate to={paths.serviceAccount(environment.id, member.data.id)} replace />;
  if (member.data && access.data && access.isFetchedAfterMount)
    return (
      <MemberForm
        key={member.data.id}
        member={member.data}
        access={access.data.value}
        onStale={() => member.refetch()}
        onClose={close}
      />
    );
  const error = member.error ?? access.error;
  return (
    <SidePanel title="Member" onClose={() => close()}>
      {error === null ? (
        <Spinner label="Loading" />
      ) : (
        <ErrorState error={error} onRetry={() => Promise.all([member.refetch(), access.refetch()])} />
      )}
    </SidePanel>
  );
};

const accountWords = ({ hasSignedIn }: contract.Member, hasPasswords: boolean): string => {
  if (hasSignedIn) return 'Active';
  return hasPasswords ? 'The one-time link is not used yet' : 'Has not signed in yet';
};

const Values = z.object({ role: contract.Role, profileAccess: z.array(contract.Id) });

const grantedIn = (access: readonly contract.MemberProfileAccess[]): string[] =>
  access.filter(({ isGranted }) => isGranted).map(({ connection: { id } }) => id);

type FormProps = {
  member: contract.Member;
  access: readonly contract.MemberProfileAccess[];
  onStale: () => unknown;
  onClose: (how?: object) => void;
};

const MemberForm = ({ member, access: opened, onStale, onClose }: FormProps) => {
  const { id: environmentId } = useEnvironment();
  const me = useMe();
  const toasts = useToasts();
  const membersChanged = useMembersChanged(environmentId);
  // What is read later does not change the form under the hands of who fills it in.
  const [access] = useState(opened);
  const [granted, setGranted] = useState(() => grantedIn(opened));
  const form = useZodForm(Values, { role: member.role, profileAccess: granted });
  const [isSaving, setIsSaving] = useState(false);
  const name = member.name || member.email;
  const { hasPasswords, hasProvider } = useWaysToSignIn();
  const isByGroup = member.roleFrom === 'groups';
  const canFollow = hasProvider && !isByGroup && !member.isOwner;

  /** Sends one change and closes; what is refused is said above the form. */
  const save = async (send: () => Promise<string | undefined>) => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      const done = await send();
      if (done !== undefined) toasts.success(done);
      onClose(leaveUnguarded);
    } catch (error) {
      applyProblem(form, error instanceof Error ? error : new Error(String(error)));
      if (isProblem(error, 'preconditionFailed')) onStale();
      setIsSaving(false);
    }
    await membersChanged();
  };

  const change = (body: contract.BodyOutput<typeof contract.updateMember>) =>
    call(contract.updateMember, { params: { environmentId, memberId: member.id }, body, ifMatch: member.etag });

  /** One request for each change; what was done before one is refused stays done. */
  const saveAccess = async (chosen: readonly string[]): Promise<boolean> => {
    let now = granted;
    const take = (next: string[]) => {
      now = next;
      setGranted(next);
    };
    for (const connectionId of chosen.filter((id) => !granted.includes(id))) {
      const params = { environmentId, connectionId };
      await call(contract.grantProfileAccess, { params, body: { personId: member.id } });
      take([...now, connectionId]);
    }
    for (const connectionId of granted.filter((id) => !chosen.includes(id))) {
      const params = { environmentId, connectionId, personId: member.id };
      await call(contract.revokeProfileAccess, { params });
      take(now.filter((id) => id !== connectionId));
    }
    return now !== granted;
  };

  const onSubmit = ({ role, profileAccess }: z.output<typeof Values>) =>
    save(async () => {
      // The access first: the role is told of its own etag, which a refusal makes old.
      const isAccessChanged = await saveAccess(profileAccess);
      if (role === member.role) return isAccessChanged ? `What ${name} can see of profile data is saved.` : undefined;
      await change({ role });
      return `${name} is now ${roleWords[role].toLowerCase()}.`;
    });

  const followGroups = () =>
    save(async () => {
      const { role } = await change({ roleFrom: 'groups' });
      return `The role of ${name} follows their groups now: ${roleWords[role].toLowerCase()}.`;
    });

  const keepByHand = () =>
    save(async () => {
      const { role } = await change({ role: member.role });
      return `${name} stays ${roleWords[role].toLowerCase()}, whatever groups they are in.`;
    });

  return (
    <FormPanel
      title={name}
      form={form}
      submitText="Save"
      isSubmitting={isSaving}
      isSubmitDisabled={!form.formState.isDirty}
      onSubmit={onSubmit}
      onClose={() => onClose()}
    >
      <DetailList
        items={[
          { term: 'E-mail', value: member.email },
          { term: 'Added', value: <RelativeTime at={member.addedAt} /> },
          { term: 'Account', value: accountWords(member, hasPasswords) },
          ...(hasProvider || isByGroup ? [{ term: 'Role from', value: roleFromWords(member) }] : []),
        ]}
      />
      {canFollow && (
        <div>
          <Link disabled={isSaving} onClick={() => void followGroups()}>
            Follow groups
          </Link>{' '}
          to give them the role of their groups at the identity provider, now and whenever those change.
        </div>
      )}
      {isByGroup && !member.isOwner && (
        <div>
          <Link disabled={isSaving} onClick={() => void keepByHand()}>
            Keep this role by hand
          </Link>{' '}
          to let it stay as it is, whatever groups they are in.
        </div>
      )}
      <RoleInput
        control={form.control}
        name="role"
        label="Role"
        isDisabled={member.isOwner}
        help={
          member.isOwner
            ? 'The owner is always an admin. To change that, hand the environment to another admin under Settings.'
            : isByGroup
              ? `It follows ${member.groupName === null ? 'their groups' : `the group ${member.groupName}`}. If you change it here, it is set by hand from then on and no longer follows the group.`
              : undefined
        }
      />
      <ProfileAccessInput
        control={form.control}
        name="profileAccess"
        connections={access}
        isOwn={member.id === me.id}
        isDisabled={isSaving}
      />
    </FormPanel>
  );
};
