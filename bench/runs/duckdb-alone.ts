import { availableParallelism } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs the statements of its arguments with DuckDB and nothing around it, and says how many milliseconds they took together. */
const instance = await DuckDBInstance.create(':memory:', { threads: String(availableParallelism()) });
const connection = await instance.connect();
await connection.run('SET preserve_insertion_order = false');
const start = performance.now();
let last: unknown;
for (const statement of process.argv.slice(2)) last = (await connection.runAndReadAll(statement)).getRowsJson();
process.stdout.write(JSON.stringify({ ms: performance.now() - start, last }));
