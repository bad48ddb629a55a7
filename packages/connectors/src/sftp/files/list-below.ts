import type { Stats } from 'ssh2';
import type { DestinationEntry } from '../../connector.ts';
import { isOwnName } from './own-names.ts';
import { kindOfAttributes, pagesOf } from './remote-files.ts';
import type { SftpSession } from './session.ts';

const entryOf = (path: string, attributes: Stats): DestinationEntry =>
  kindOfAttributes(attributes) === 'folder'
    ? { path, isFolder: true, bytes: 0, modifiedAt: '' }
    : { path, isFolder: false, bytes: attributes.size, modifiedAt: new Date(attributes.mtime * 1_000).toISOString() };

/** Everything below a folder but what is not whole yet, page by page. Does not look behind links, so it comes to an end. */
export async function* listBelow(
  session: SftpSession,
  folder: string,
  pathOf: (inner: string) => string,
): AsyncGenerator<DestinationEntry[]> {
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const above = next === '' ? '' : `${next}/`;
    for await (const page of pagesOf(session, pathOf(next))) {
      const entries = page
        .filter(({ filename }) => !isOwnName(filename))
        .map(({ filename, attrs }) => entryOf(`${above}${filename}`, attrs));
      folders.push(...entries.filter(({ isFolder }) => isFolder).map(({ path }) => path));
      yield entries;
    }
  }
}
