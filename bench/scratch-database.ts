import { Client } from 'pg';

let made = 0;

/** Runs `work` with a throw-away database of the server that the URL names. */
export const onScratchDatabase = async <T>(serverUrl: string, work: (url: string) => Promise<T>): Promise<T> => {
  made += 1;
  const name = `junction_bench_${process.pid}_${made}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE "${name}"`);
    return await work(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.end();
  }
};
