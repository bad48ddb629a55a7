import { cpus, loadavg, totalmem } from 'node:os';
import { benchCheck } from './check.ts';
import { benchList } from './list.ts';

/** What section 11 of the first issue aims at. */
const aims = { listRatio: 0.5, checkRatio: 1.3 };

const print = (line: string) => process.stdout.write(`${line}\n`);
const verdict = (isReached: boolean) => (isReached ? 'aim reached' : 'aim missed');

/** Runs the benchmarks one after the other and prints their ratios: `npm run bench`. */
const run = async (): Promise<void> => {
  const gib = Math.round(totalmem() / 2 ** 30);
  print(`Machine: ${cpus().length} cores, ${gib} GiB, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  const url = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  if (url === undefined) {
    print('List: not measured; set TEST_DATABASE_URL to a PostgreSQL server.');
  } else {
    const { junction, bare, ratio } = await benchList(url);
    print('List: a page of 50 of 10,000 connections with the session checked, 20 clients');
    for (const [name, { perSecond, p99, cpuMs }] of [
      ['Junction      ', junction] as const,
      ['Express and pg', bare] as const,
    ]) {
      print(
        `  ${name}    ${perSecond.toFixed(0)} requests/s, p99 ${p99.toFixed(0)} ms, ${cpuMs.toFixed(2)} ms of CPU each`,
      );
    }
    print(`  ratio             ${ratio.toFixed(2)} (at least ${aims.listRatio}: ${verdict(ratio >= aims.listRatio)})`);
  }
  const { check, raw, ratio } = await benchCheck();
  print('Check: a healthy ADLS Gen2 account on the lake emulator');
  print(`  Junction          p50 ${check.p50.toFixed(1)} ms, p99 ${check.p99.toFixed(1)} ms`);
  print(`  SDK alone         p50 ${raw.p50.toFixed(1)} ms, p99 ${raw.p99.toFixed(1)} ms`);
  print(`  ratio of p50      ${ratio.toFixed(2)} (at most ${aims.checkRatio}: ${verdict(ratio <= aims.checkRatio)})`);
};

await run();
