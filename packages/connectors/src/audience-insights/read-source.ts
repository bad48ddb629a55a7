import { type SourceFiles, type StoreContext, StoreError } from '../connector.ts';
import { factsOf } from '../shared-azure-storage/facts.ts';
import { openLakeLister } from '../shared-azure-storage/source/lake-lister.ts';
import { openStorageSource, type SourceLimits } from '../shared-azure-storage/source/open-source.ts';
import { placeOf } from '../shared-azure-storage/storage-place.ts';
import { verdictOfStoreError } from './for-reading.ts';
import { type AudienceInsightsTarget, storageTargetOf } from './target.ts';

/** Opens the container of the environment for reading. What fails is said in the words of the check, which ask for no more than reading takes. */
export const openInsightsSource =
  (limits?: SourceLimits) =>
  (target: AudienceInsightsTarget, context: StoreContext): SourceFiles => {
    const storageTarget = storageTargetOf(target);
    const files = openStorageSource(openLakeLister, limits)(storageTarget, context);
    const place = placeOf(storageTarget, context);
    const facts = factsOf(place, place.endpoints.dfs);

    const reworded = (error: unknown): unknown => {
      if (!(error instanceof StoreError)) return error;
      const { code, message, isTransient, retryAfterMs } = error;
      const remedy = verdictOfStoreError(error, facts).remedy?.text;
      return new StoreError({ code, message, remedy, isTransient, retryAfterMs });
    };
    async function* inOurWords<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
      try {
        yield* items;
      } catch (error) {
        throw reworded(error);
      }
    }
    return {
      ...files,
      list: (folder, signal) => inOurWords(files.list(folder, signal)),
      stream: (path, etag, signal, maxBytes) => inOurWords(files.stream(path, etag, signal, maxBytes)),
      async read(path, maxBytes, signal) {
        try {
          return await files.read(path, maxBytes, signal);
        } catch (error) {
          throw reworded(error);
        }
      },
    };
  };
