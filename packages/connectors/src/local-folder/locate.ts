import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

type Located = { path: string } | { elsewhere: string };

const otherFolder: Located = { elsewhere: 'another folder of the machine' };

/** What an absolute path of the machine means below the connection's folder. */
const below = (top: string | undefined, absolute: string): Located =>
  top !== undefined && `${absolute}${sep}`.startsWith(`${top}${sep}`)
    ? {
        path: absolute
          .slice(top.length + 1)
          .split(sep)
          .join('/'),
      }
    : otherFolder;

const inUrl = (url: URL, top: string | undefined): Located => {
  if (url.protocol !== 'file:') return { elsewhere: `another store (${url.host || url.protocol})` };
  try {
    return below(top, posix.normalize(fileURLToPath(`file://${url.pathname}`)));
  } catch {
    return otherFolder;
  }
};

/**
 * Where a location in metadata lies below the connection's folder: a path from there on, an absolute path of the machine, or a `file:` URL
 * of one. A path is taken as it is, a URL is decoded.
 */
export const locateIn =
  (localRoot: string | undefined, folder: string) =>
  (location: string): Located => {
    const top = localRoot === undefined ? undefined : join(localRoot, folder);
    const text = location.trim();
    const url = /^[a-z][a-z0-9+.-]*:\//i.test(text) ? URL.parse(text) : null;
    if (url !== null) return inUrl(url, top);
    if (text.startsWith('/')) return below(top, posix.normalize(text).replace(/\/$/, ''));
    const path = posix.normalize(text).replace(/\/$/, '');
    return path === '..' || path.startsWith('../') ? otherFolder : { path: path === '.' ? '' : path };
  };
