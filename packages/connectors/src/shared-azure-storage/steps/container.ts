import type { Verdict } from '../../check-run.ts';
import { ask, isDenied, isMissingContainer } from '../asking.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfFailure } from '../classify.ts';
import { factsOf } from '../facts.ts';
import { verdictOf } from '../findings/findings.ts';
import { mayCreateContainer } from '../storage-account.ts';

/** Whether the container is missing, or why that cannot be told; a SAS that may not ask for the container sees it through the path. */
const lookForContainer = async (check: StorageCheck): Promise<'found' | 'missing' | Verdict> => {
  const { container, path } = check.questions();
  const direct = await container;
  const answer = direct === undefined || (!direct.ok && isDenied(direct.failure)) ? await path : direct;
  if (answer.ok) return 'found';
  if (isMissingContainer(answer.failure)) return 'missing';
  // What went wrong with the path is for the step `folder` to say.
  return answer === direct ? verdictOfFailure(answer.failure, factsOf(check.place, check.account.endpoint)) : 'found';
};

/** `container`: it exists; a missing one is offered to be created, and is created when that is allowed. */
export const judgeContainer = async (check: StorageCheck, signal: AbortSignal): Promise<Verdict> => {
  const { place, facts, account, context } = check;
  const found = await lookForContainer(check);
  if (typeof found !== 'string') return found;
  if (found === 'found') return verdictOf('containerFound', facts);
  const mayCreate = mayCreateContainer(place.sas);
  if (!context.allow.has('createContainer')) {
    return { ...verdictOf('containerMissing', facts), offer: mayCreate ? 'createContainer' : undefined };
  }
  const created = await ask(account.createContainer, signal);
  return created.ok
    ? verdictOf('containerCreated', facts)
    : verdictOfFailure(created.failure, factsOf(place, account.endpoint), () => 'containerCreationRefused');
};
