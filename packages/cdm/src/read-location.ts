import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { withoutSignatures } from './clean.ts';

/** A location without what may be secret in it: query, fragment, and the user of an http URL. */
const shownLocation = (stated: string): string =>
  withoutSignatures(stated.replace(/[?#][\s\S]*$/, '').replace(/^(https?:\/\/)[^/@]*@/i, '$1'));

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Folder and file names without the steps `.` and `..`; undefined when they lead out of the container. */
const withoutSteps = (segments: readonly string[]): string[] | undefined => {
  const path: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return undefined;
  }
  return path;
};

const isAbsolute = (location: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(location);

const problem = (code: string, message: string, remedy: string): { problem: CatalogProblem } => ({
  problem: { code, message, remedy },
});

const malformed = (location: string) =>
  problem(
    'locationMalformed',
    `The location "${location}" is not a URL: percent signs and control characters must be encoded.`,
    'Have its writer encode it, as in %25 for a percent sign.',
  );

/** A path inside the container, or why there is none. */
type Resolved = { path: string } | { problem: CatalogProblem };

const relative = (location: string, folder: string): Resolved => {
  if (location.startsWith('/') || location.startsWith('\\')) {
    return problem(
      'locationFromRoot',
      `The location "${location}" begins with a slash, so it does not say which container or folder it starts from.`,
      'Have its writer make it relative to the folder of the metadata, or a whole URL.',
    );
  }
  const text = decoded(location);
  if (text === undefined) return malformed(location);
  const path = withoutSteps([...folder.split('/'), ...text.split('/')]);
  return path === undefined
    ? problem(
        'locationOutside',
        `The location "${location}" leads out of the container.`,
        'Have its writer give a whole URL.',
      )
    : { path: path.join('/') };
};

const absolute = (location: string, files: CatalogFiles): Resolved => {
  if (/%(?![0-9a-f]{2})/i.test(location)) return malformed(location);
  const found = files.locate(location);
  return 'path' in found
    ? found
    : problem(
        'partitionElsewhere',
        `"${location}" is in ${found.elsewhere}, and a connection reads from one container only.`,
        'Copy the file into this container, or read the metadata with a connection to the other one.',
      );
};

/** Where a partition lies, and its location as it may be shown. `folder` is that of the model.json. */
export const readLocation = (
  stated: string | undefined,
  folder: string,
  files: CatalogFiles,
): { location: string; path?: string; problem?: CatalogProblem } => {
  const location = shownLocation((stated ?? '').trim());
  if (location === '') {
    return {
      location,
      ...problem('locationMissing', 'The partition has no location.', 'Have its writer add the location of the file.'),
    };
  }
  const resolved = isAbsolute(location) ? absolute(location, files) : relative(location, folder);
  if ('problem' in resolved) return { location, problem: resolved.problem };
  const isPath = resolved.path !== '' && !/[\p{Cc}]|\p{Cs}/u.test(resolved.path);
  return isPath ? { location, path: resolved.path } : { location, ...malformed(location) };
};
