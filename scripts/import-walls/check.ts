import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findBreaches } from './find-breaches.ts';

// Prints each import that goes through a wall, grouped by wall, and fails when there is one.
const root = resolve(import.meta.dirname, '../..');
const folders = ['apps', 'packages', 'scripts', 'e2e', 'bench', 'prisma'].filter((folder) =>
  existsSync(join(root, folder)),
);
const breaches = await findBreaches(root, folders);
for (const [wall, found] of Map.groupBy(breaches, (breach) => breach.wall)) {
  console.log(`${wall}: ${found[0]?.remedy}`);
  for (const { from, to } of found) console.log(`  ${from}${to === from ? '' : ` → ${to}`}`);
}
if (breaches.length > 0) process.exitCode = 1;
