// `npm run dev`: the API restarts and the web reloads when their sources change.
import { spawn } from 'node:child_process';

const children = [
  ['--disable-warning=ExperimentalWarning', '--watch-preserve-output', '--watch', 'scripts/start.mjs'],
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
console.log('Open the address that Vite prints; it passes /api on to the API.');
