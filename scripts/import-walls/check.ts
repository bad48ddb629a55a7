import { resolve } from 'node:path';
import { findBreaches } from './find-breaches.ts';

// Prints each import that goes through a wall, grouped by wall, and fails when there is one.
const breaches = await findBreaches(resolve(import.meta.dirname, '../..'), [
  'apps',
  'packages',
  'scripts',
  'e2e',
  'bench',
  'prisma',
]);
for (const [wall, found] of Map.groupBy(breaches, (breach) => breach.wall)) {
  console.log(`${wall}: ${found[0]?.remedy}`);
  for (const { from, to } of found) console.log(`  ${from}${to === from ? '' : ` → ${to}`}`);
}
if (breaches.length > 0) process.exitCode = 1;
