/** A small preference of this browser, in local storage; where storage is refused, nothing is remembered. */
export const remembered = (name: string) => {
  const key = `junction.${name}`;
  return {
    get: (): string | null => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set: (value: string): void => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Remembering is a convenience.
      }
    },
  };
};

/** The id of the environment used last. */
export const lastEnvironment = remembered('environment');
