import type { SourceFiles, StoreContext } from '../connector.ts';
import { innerPath } from '../shared-files/inner-path.ts';
import { endLater, localCalls } from './calls.ts';
import { isMissing, LocalFailure } from './failure.ts';
import { listChildren } from './list.ts';
import { locateIn } from './locate.ts';
import { localPlace } from './place.ts';
import { checkVersion, readWhole, streamPieces } from './read-file.ts';

/** Opens a folder of this machine for reading; asks nothing yet. */
export const openLocalSource = (
  { settings: { folder } }: { settings: { folder: string } },
  context: StoreContext,
): SourceFiles => {
  const { localRoot } = context.outbound;
  const place = localPlace(localRoot, folder);
  const calls = localCalls(context, { folder });

  /** The file at a path, with what is to be done with it. */
  const withFile = <Value>(
    path: string,
    signal: AbortSignal,
    use: (name: string, signal: AbortSignal) => Promise<Value | undefined>,
  ): Promise<Value> =>
    calls.run(path, signal, async (ending) => {
      try {
        const found = await use(await place.at(innerPath(path)), ending);
        if (found !== undefined) return found;
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
      throw new LocalFailure('fileMissing');
    });

  async function* stream(path: string, etag: string, signal: AbortSignal, maxBytes?: number) {
    const pieces = await withFile(path, signal, async (name) => streamPieces(name, etag, maxBytes));
    try {
      for (;;) {
        const { done, value } = await calls.run(path, signal, () => pieces.next());
        if (done) return;
        yield value;
      }
    } finally {
      endLater(pieces);
    }
  }

  return {
    list: (path, signal) => listChildren(place, calls, path, signal),
    read: (path, maxBytes, signal) => withFile(path, signal, (name, ending) => readWhole(name, maxBytes, ending)),
    stream,
    localFile: (path, etag) =>
      withFile(path, new AbortController().signal, async (name) => {
        await checkVersion(name, etag);
        return name;
      }),
    locate: locateIn(localRoot, folder),
    close: calls.close,
  };
};
