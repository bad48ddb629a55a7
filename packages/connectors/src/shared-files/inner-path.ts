import { StoreError } from '../connector.ts';

// Some servers take a backslash for a slash.
const isInner = (path: string): boolean =>
  !/\p{Cc}/u.test(path) &&
  path.split('/').every((segment) => segment !== '') &&
  path.split(/[/\\]/).every((segment) => segment !== '.' && segment !== '..');

const refusal = () =>
  new StoreError({
    code: 'pathRefused',
    message: 'The path leads out of the connection’s folder, or is not written as a path in it.',
    remedy:
      'Use names without "." and ".." as a folder, without a slash at either end, and without control characters.',
    isTransient: false,
  });

/** The path of a file or folder below the connection's folder; throws for one that might lead out of it, whoever reads it. */
export const innerPath = (path: string): string => {
  if (!isInner(path)) throw refusal();
  return path;
};

/** The same for a folder to look into, where '' is the connection's folder itself. */
export const innerFolder = (path: string): string => (path === '' ? path : innerPath(path));
