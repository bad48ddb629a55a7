/** Azure, the strictest store, allows 1,024 characters for a whole path; this leaves the larger part to the folders and files below. */
const folderMaxChars = 400;

/** Azure allows 63 levels with a hierarchical namespace; exports need a few below the folder. */
const folderMaxLevels = 40;

/** Azure's limit for one segment of a path; file systems have 255 bytes. */
const segmentMaxChars = 254;

/** `a/b/c` without slashes at its ends, from what was typed; backslashes count as slashes. */
export const folderFrom = (typed: string): string =>
  typed
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '')
    .join('/');

/** What keeps a path from being a folder below `top`, which is how the form calls the folder at the top. */
export const folderProblem = (folder: string, top: string): string | undefined => {
  if (folder === '') return `Leave this empty to use ${top} itself.`;
  const segments = folder.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return `Enter the path from ${top} on, without "." or "..".`;
  }
  if (folder.length > folderMaxChars) return `A folder has at most ${folderMaxChars} characters.`;
  if (segments.length > folderMaxLevels) return `A folder has at most ${folderMaxLevels} levels.`;
  if (segments.some((segment) => segment.length > segmentMaxChars)) {
    return `Each folder of the path has at most ${segmentMaxChars} characters.`;
  }
  if (/[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/u.test(folder)) return 'A folder has no line breaks or control characters.';
  return segments.some((segment) => segment.endsWith('.')) ? 'No folder of the path may end with a dot.' : undefined;
};
