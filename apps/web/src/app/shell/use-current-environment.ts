import type { Environment } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { lastEnvironment } from '../../lib/remembered.ts';
import { environmentQuery, environmentsQuery } from '../../lib/session.ts';

/** The environment that header and navigation speak of: the address's, else the one used last, else the first. */
export const useCurrentEnvironment = (): Environment | undefined => {
  const { environmentId } = useParams();
  const known = useQuery(environmentsQuery).data?.value ?? [];
  const named = useQuery({ ...environmentQuery(environmentId ?? ''), enabled: environmentId !== undefined }).data;
  return named ?? known.find(({ id }) => id === (environmentId ?? lastEnvironment.get())) ?? known[0];
};
