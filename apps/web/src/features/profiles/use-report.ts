import type { ProfileFilter, ProfileReportRef } from '@junction/contracts';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { profileReportsQuery } from '../../lib/profile-reports.ts';
import { isNotTheirs, profileReportQuery } from './api.ts';

type Asked = {
  environmentId: string;
  connectionId: string;
  filter: ProfileFilter;
  /** What the list says of it, which is asked now and then. */
  known: ProfileReportRef | undefined;
  onLost: () => void;
};

/**
 * A report as somebody looks at it. When the list tells of a newer import, it is read again; when it is not theirs any more, `onLost` is called,
 * and one that never was theirs is an error like any other. `about` is the filter that the report at hand is the answer to.
 */
export const useReport = ({ environmentId, connectionId, filter, known, onLost }: Asked) => {
  const client = useQueryClient();
  const query = useQuery(profileReportQuery(environmentId, connectionId, filter));
  const { data, error, refetch } = query;
  const [wasRead, setRead] = useState(false);
  if (data !== undefined && !wasRead) setRead(true);
  const [about, setAbout] = useState(filter);
  if (data !== undefined && !query.isPlaceholderData && about !== filter) setAbout(filter);
  const isTaken = isNotTheirs(error) && (wasRead || known !== undefined);
  const lose = useEffectEvent(onLost);
  useEffect(() => {
    if (isTaken) lose();
  }, [isTaken]);
  const importedAt = known?.importedAt;
  const readNewer = useEffectEvent((at: string) => {
    if (data !== undefined && Date.parse(at) > Date.parse(data.importedAt)) void refetch();
  });
  useEffect(() => {
    if (importedAt) readNewer(importedAt);
  }, [importedAt]);
  const isNew = wasRead && known === undefined;
  useEffect(() => {
    // Access that was given after the list was read.
    if (isNew) void client.invalidateQueries({ queryKey: profileReportsQuery(environmentId).queryKey });
  }, [client, environmentId, isNew]);
  return { ...(query as UseQueryResult<NonNullable<typeof data>>), about, isTaken };
};
