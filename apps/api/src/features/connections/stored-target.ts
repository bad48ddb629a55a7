import type { StoredTarget, Values } from './rules.ts';
import type { StoredConnection } from './store.ts';

/** A stored connection as the rules see it. */
export const storedTarget = ({ settings, secrets }: StoredConnection): StoredTarget => ({
  settings: settings as Values,
  secretNames: secrets.map(({ field }) => field),
});
