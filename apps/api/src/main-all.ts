import { start } from './start.ts';

await start({ http: true, worker: true });
