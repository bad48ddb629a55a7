import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isRemembered, remember } from './fingerprint.mjs';
import { projectEnv, root, run } from './run.mjs';

const inputs = [
  'apps/web',
  'packages/contracts',
  'packages/connectors',
  'packages/schedules',
  'tsconfig.base.json',
  'package-lock.json',
];
const web = join(root, 'apps', 'web');

/** Builds the web into apps/web/dist when one of its sources changed. */
export const buildWeb = () => {
  const state = fingerprint(inputs);
  if (existsSync(join(web, 'dist', 'index.html')) && isRemembered('web', state)) return;
  console.log('Building the web…');
  run('node', [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: web,
    env: { ...projectEnv, NODE_ENV: 'production' },
    remedy: 'Repair the web sources named above, then try again.',
  });
  remember('web', state);
};
