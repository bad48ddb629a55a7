// `npm start`: the whole product in one process, as a demo unless JUNCTION_MODE says otherwise.
const oldestNode = 24;
if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  console.error(
    `Junction runs on Node.js ${oldestNode}; this is ${process.version}. Run: node scripts/setup.mjs --web && npm start`,
  );
  process.exit(1);
}

// A signal that stops npm ends the shell between npm and us, but never arrives here: losing the parent is how we learn of it.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const orphanCheckMs = 250;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, orphanCheckMs).unref();
}

// Under `node --watch-path` (npm run dev) threads would report each import to us in between their own messages.
delete process.env.WATCH_REPORT_DEPENDENCIES;
process.env.JUNCTION_MODE ||= 'demo';
await import('../apps/api/src/main-all.ts');
