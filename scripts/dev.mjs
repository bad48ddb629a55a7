// `npm run dev`: the API restarts and the web reloads when their sources change.
import { spawn } from 'node:child_process';

const sources = [
  'apps/api/src',
  'packages/cdm/src',
  'packages/connectors/src',
  'packages/contracts/src',
  'packages/lake-emulator/src',
  'packages/schedules/src',
];
const quiet = '--disable-warning=ExperimentalWarning';

const children = [
  [quiet, '--watch-preserve-output', ...sources.map((folder) => `--watch-path=${folder}`), 'scripts/start.mjs'],
  ['node_modules/vite/bin/vite.js', 'apps/web'],
].map((args) => spawn(process.execPath, args, { cwd: `${import.meta.dirname}/..`, stdio: 'inherit' }));

const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ||= code ?? 0;
    stop();
  });
}
console.log('Open the address that Vite prints; it passes /api on to the API, which takes a moment longer to start.');
