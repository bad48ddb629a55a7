import type { AnyEndpoint } from '@junction/contracts';
import { newId } from '../platform/ids.ts';
import type { Reply, TestClient } from './client.ts';
import type { makeEnvironment } from './factories.ts';

export type Outcome = 'admitted' | 'unauthenticated' | 'forbidden' | 'notFound' | 'outOfScope' | 'invalid' | 'expired';

/** A request without a body or If-Match: who is admitted gets as far as having it refused, and nothing is changed. */
export const askFor = (
  client: TestClient,
  endpoint: AnyEndpoint,
  { environment, viewer }: Awaited<ReturnType<typeof makeEnvironment>>,
): Promise<Reply<AnyEndpoint>> =>
  client(endpoint, {
    params: {
      environmentId: environment.id,
      memberId: viewer.id,
      connectionId: newId(),
      personId: newId(),
      draftId: newId(),
      entityId: newId(),
      exportId: newId(),
      runId: newId(),
      noticeHookId: newId(),
      sessionId: newId(),
      groupRoleId: newId(),
      serviceAccountId: newId(),
      tokenId: newId(),
    } as never,
  });

const outcomeByCode: Readonly<Record<string, Outcome>> = {
  unauthenticated: 'unauthenticated',
  tokenInvalid: 'invalid',
  tokenExpired: 'expired',
  forbidden: 'forbidden',
  outOfScope: 'outOfScope',
};

/** How far a request got. */
export const outcomeOf = ({ status, problem }: Reply<AnyEndpoint>): Outcome => {
  const refused = status === 401 || status === 403 ? outcomeByCode[problem.code] : undefined;
  if (refused) return refused;
  return status === 404 && problem.detail.startsWith('There is no such environment, or') ? 'notFound' : 'admitted';
};
