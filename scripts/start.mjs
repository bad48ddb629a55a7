// `npm start`: the whole product in one process, as a demo unless JUNCTION_MODE says otherwise.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const oldestNode = 24;
if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `Junction runs on Node.js ${oldestNode}; this is ${process.version}. Run: node scripts/setup.mjs --web && npm start`,
  );
  process.exit(1);
}
// A third of a second start is compiling; the cache keeps it for the next one.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url)));
process.env.JUNCTION_MODE ||= 'demo';
await import('../apps/api/src/main-all.ts');
