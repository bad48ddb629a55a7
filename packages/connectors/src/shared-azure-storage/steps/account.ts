import type { Verdict } from '../../check-run.ts';
import { isTransient } from '../asking.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfFailure } from '../classify.ts';
import { factsOf } from '../facts.ts';
import { verdictOf } from '../findings/findings.ts';
import type { AccountFacts } from '../storage-account.ts';

/** `FileStorage` has no Blob service; a premium account of the kind `Storage` has page blobs only. */
const keepsBlockBlobs = ({ kind, sku }: AccountFacts): boolean =>
  kind !== 'FileStorage' && !(kind?.startsWith('Storage') === true && sku?.startsWith('Premium') === true);

/** `account`: it keeps block blobs, and for a data lake has a hierarchical namespace. What a SAS may not ask stays open. */
export const judgeAccount = async (check: StorageCheck): Promise<Verdict> => {
  const { place, account, files } = check;
  const facts = factsOf(place, account.endpoint);
  const about = await check.questions().account;
  if (!about.ok) {
    return isTransient(about.failure) || about.failure.kind !== 'answered'
      ? verdictOfFailure(about.failure, facts)
      : verdictOf('accountUnknown', facts);
  }
  if (!keepsBlockBlobs(about.value)) return verdictOf('accountKindUnsupported', facts);
  if (files.hasRealFolders && about.value.isHierarchical === false) return verdictOf('hierarchicalNamespaceOff', facts);
  return verdictOf('accountSuitable', facts);
};
