import { start } from './start.ts';

await start({ http: false, worker: true });
