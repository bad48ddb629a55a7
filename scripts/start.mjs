// `npm start`: the whole product in one process, as a demo unless JUNCTION_MODE says otherwise.
const oldestNode = 24;
if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `Junction runs on Node.js ${oldestNode}; this is ${process.version}. Run: node scripts/setup.mjs --web && npm start`,
  );
  process.exit(1);
}
process.env.JUNCTION_MODE ||= 'demo';
await import('../apps/api/src/main-all.ts');
