import { PrimaryButton, Shimmer } from '@fluentui/react';
import { type Manifest, manifestOf } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { read } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { draftQuery, draftsQuery } from './drafts.ts';
import { DraftsBar } from './drafts-bar.tsx';
import { SetUpSteps } from './set-up.tsx';
import { isStep } from './steps.ts';

/**
 * One time of filling the wizard in: the draft that was opened for it, and the one that it is kept in now. It stays the same when what was
 * begun in it gets a draft.
 */
type Session = { number: number; openedId: string | undefined; draftId: string | undefined };

/** Sets up a connection of a type that takes several steps, on a page of its own. */
export const SetUpPage = ({ type }: { type: string }) => {
  const { id: environmentId } = useEnvironment();
  const { step } = useParams();
  const [params, setParams] = useSearchParams();
  const named = params.get('draft') ?? undefined;
  const [session, setSession] = useState<Session>({ number: 0, openedId: named, draftId: named });
  if (named !== undefined && named !== session.draftId)
    setSession({ number: session.number + 1, openedId: named, draftId: named });

  const manifest = manifestOf(type) as Manifest;
  const onBegun = (draftId: string) => {
    setSession((before) => ({ ...before, draftId }));
    setParams({ draft: draftId }, { replace: true, ...leaveUnguarded });
  };
  const common = { manifest, environmentId, onBegun };
  return (
    <>
      <PageHeader title={`Set up ${manifest.label}`} purpose={manifest.description} />
      {step === undefined ? (
        <Entry environmentId={environmentId} type={type} />
      ) : !isStep(step) ? (
        <Navigate to={paths.setUpConnection(environmentId, type, 'settings', named)} replace />
      ) : session.openedId === undefined ? (
        <SetUpSteps key={session.number} {...common} step={step} />
      ) : (
        <OpenedSteps key={session.number} {...common} step={step} draftId={session.openedId} />
      )}
    </>
  );
};

/** Where one begins: drafts of this type are offered first, where there are any. */
const Entry = ({ environmentId, type }: { environmentId: string; type: string }) => {
  const navigate = useNavigate();
  const { data, isPending } = useQuery(draftsQuery(environmentId));
  const drafts = data?.value.filter((draft) => draft.type === type) ?? [];
  const begin = paths.setUpConnection(environmentId, type, 'settings');
  if (isPending) return <Shimmer />;
  if (drafts.length === 0) return <Navigate to={begin} replace />;
  return (
    <>
      <DraftsBar environmentId={environmentId} drafts={drafts} />
      <PrimaryButton text="Begin a new one" onClick={() => void navigate(begin)} />
    </>
  );
};

type OpenedProps = Omit<React.ComponentProps<typeof SetUpSteps>, 'opened'> & { draftId: string };

/** Reads a draft and the people it names, and goes on with it. */
const OpenedSteps = ({ draftId, ...steps }: OpenedProps) => {
  const navigate = useNavigate();
  const { environmentId, manifest } = steps;
  const { data: draft, error, refetch } = useQuery(draftQuery(environmentId, draftId));
  const members = useQueries({
    queries: (draft?.personIds ?? []).map((memberId) => ({
      ...read(contract.getMember, { params: { environmentId, memberId } }),
      refetchOnWindowFocus: false,
    })),
  });
  // Who left the environment since is not chosen any more.
  const present = members.filter((member) => !isProblem(member.error, 'notFound'));
  const failed = present.find((member) => member.data === undefined && member.error !== null);
  const isGone = isProblem(error, 'notFound') || (draft !== undefined && draft.type !== manifest.type);

  if (isGone)
    return (
      <EmptyState
        icon="Connections"
        title="This draft is not here any more"
        text="It was discarded, or the connection was set up from it."
        action={{
          text: 'Begin a new one',
          onClick: () => void navigate(paths.newConnection(environmentId, manifest.type)),
        }}
      />
    );
  if (draft === undefined && error !== null)
    return <ErrorState title="The draft could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (failed !== undefined)
    return (
      <ErrorState
        title="The draft could not be loaded"
        error={failed.error}
        onRetry={() => void Promise.all(members.map((member) => member.refetch()))}
      />
    );
  if (draft === undefined || present.some(({ isPending }) => isPending))
    return (
      <div role="status" aria-label="Loading the draft">
        <Shimmer />
      </div>
    );
  const people = present.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return <SetUpSteps {...steps} opened={{ draft, people }} />;
};
