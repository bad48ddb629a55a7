import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { keyOf, read } from '../../../lib/queries.ts';
import { useSubmit } from '../../../lib/use-submit.ts';

/** The connections that the signed-in person began to set up; all of them, as they are few. */
export const draftsQuery = (environmentId: string) =>
  read(contract.listConnectionDrafts, {
    params: { environmentId },
    query: { maxpagesize: contract.maximumConnectionDrafts },
  });

/** A draft as it is now: it is filled into a form, so nothing older will do, and nothing newer changes it there. */
export const draftQuery = (environmentId: string, draftId: string) => ({
  ...read(contract.getConnectionDraft, { params: { environmentId, draftId } }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
});

/** Reads anew which drafts there are. */
export const useDraftsChanged = (environmentId: string): (() => Promise<unknown>) => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keyOf(contract.listConnectionDrafts, { environmentId }) });
};

/** Discards a draft; one that is gone already is discarded, too. */
export const useDiscardDraft = (environmentId: string) => {
  const draftsChanged = useDraftsChanged(environmentId);
  return useSubmit(contract.deleteConnectionDraft, { onSuccess: () => draftsChanged() });
};

/** What a draft is called in lists. */
export const draftName = ({ name }: Pick<contract.ConnectionDraft, 'name'>): string =>
  name.trim() === '' ? 'A connection without a name' : name.trim();
