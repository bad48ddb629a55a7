const storageKey = 'junction.environment';

/** The id of the environment used last in this browser; storage may be refused, and then nothing is remembered. */
export const lastEnvironment = {
  get: (): string | null => {
    try {
      return localStorage.getItem(storageKey);
    } catch {
      return null;
    }
  },
  set: (environmentId: string): void => {
    try {
      localStorage.setItem(storageKey, environmentId);
    } catch {
      // Remembering is a convenience.
    }
  },
};
