import type { Verdict } from '../../check-run.ts';
import type { StorageCheck } from '../check-storage.ts';
import { factsOf } from '../facts.ts';
import { verdictOf } from '../findings/findings.ts';
import { accountOfEndpoint } from '../storage-endpoint.ts';

/** The endpoints that the connector's requests go to: the one of its own service first. */
const endpointsOf = ({ files, account }: StorageCheck): string[] => [...new Set([files.endpoint, account.endpoint])];

/** `endpoint`: the URL is one, belongs to the account, and every host behind it exists and is allowed. */
export const judgeEndpoint = async (check: StorageCheck, signal: AbortSignal): Promise<Verdict> => {
  const { place, facts, context, files } = check;
  const owner = accountOfEndpoint(files.endpoint);
  if (owner !== undefined && owner !== place.account) return verdictOf('endpointAccountMismatch', facts);
  const admissions = await Promise.all(
    endpointsOf(check).map(async (endpoint) => ({ endpoint, ...(await context.outbound.admit(endpoint, signal)) })),
  );
  const refused = admissions.find((admission) => !admission.admitted);
  if (refused === undefined || refused.admitted) return verdictOf('endpointFound', facts);
  const { code, message, remedy } = refused.refusal;
  return verdictOf(code, { ...factsOf(place, refused.endpoint), refusal: message, refusalRemedy: remedy });
};
