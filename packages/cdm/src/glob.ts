/** Whether a name matches a pattern with `*` and `?`. Goes back to the last `*` only, so that no pattern takes long. */
const matchesName = (name: string, pattern: string): boolean => {
  let [at, within] = [0, 0];
  let [star, after] = [-1, 0];
  while (at < name.length) {
    if (pattern[within] === '*') {
      star = within;
      after = at;
      within += 1;
    } else if (within < pattern.length && (pattern[within] === '?' || pattern[within] === name[at])) {
      at += 1;
      within += 1;
    } else if (star === -1) {
      return false;
    } else {
      after += 1;
      at = after;
      within = star + 1;
    }
  }
  return /^\**$/.test(pattern.slice(within));
};

/**
 * Whether a path matches a glob pattern as manifests have them: `?` is one character and `*` any number of them, within a name; the name
 * `**` is any number of folders. A slash at the beginning means nothing.
 */
export const matchesGlob = (path: string, pattern: string): boolean => {
  const names = path.split('/');
  const patterns = pattern.replace(/^\/+/, '').split('/');
  /** Whether the first so many names match the patterns so far. */
  let reached = [true, ...names.map(() => false)];
  for (const one of patterns) {
    if (one === '**') {
      const first = reached.indexOf(true);
      reached = reached.map((_, index) => first !== -1 && index >= first);
    } else {
      reached = [false, ...names.map((name, index) => reached[index] === true && matchesName(name, one))];
    }
  }
  return reached.at(-1) === true;
};
