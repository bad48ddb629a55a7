import { runChecks } from './runners/check.ts';

// `npm run check`: format, lint, types and import walls.
const { failed } = await runChecks();
if (failed > 0) process.exitCode = 1;
