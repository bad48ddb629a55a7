import { cpus, loadavg, totalmem } from 'node:os';
import { benchCheck } from './check.ts';
import { benchExports } from './exports.ts';
import { benchImports } from './imports.ts';
import { benchList } from './list.ts';
import { benchEmbeddedRemoval, benchRemoval, type RemovalResult } from './removal.ts';
import { benchReports } from './reports.ts';
import { benchRuns } from './runs.ts';
import { benchTokens } from './tokens.ts';

/** What each ratio is aimed at: a list keeps half of a bare server's pace, and a token nearly that of a session; a removal and its growth stay near one statement's; a run and a tally keep most of DuckDB's pace in bounded memory. */
const aims = {
  listRatio: 0.5,
  tokenRatio: 0.9,
  checkRatio: 1.3,
  removalRatio: 3,
  removalGrowth: 1.3,
  runRatio: 0.7,
  runPeakMb: 600,
  tallyRatio: 0.7,
  tallyPeakMb: 600,
  reportMs: 20,
};

/** Millions of customers that the larger runs move. BENCH_MILLIONS names fewer where somebody only looks whether it works. */
const largestRun = Number(process.env.BENCH_MILLIONS ?? 10);

const print = (line: string) => process.stdout.write(`${line}\n`);
const verdict = (isReached: boolean) => (isReached ? 'aim reached' : 'aim missed');
const ms = (time: number) => `${time.toFixed(1)} ms`.padStart(10);

const runList = async (serverUrl: string): Promise<void> => {
  const { junction, bare, ratio } = await benchList(serverUrl);
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
};

const printRemoval = (where: string, { paces, growth }: RemovalResult): void => {
  print(`Removal of a connection over HTTP, ${where}, and one UPDATE of the same rows alone`);
  for (const { kind, size, usage, removal, update, ratio, undo } of paces) {
    const what = `${size.toLocaleString('en')} exports that ${kind === 'writes' ? 'write to' : 'read from'} it`;
    const times = `removal ${ms(removal)}, UPDATE ${ms(update)}, undo ${ms(undo)}, list of dependents ${ms(usage)}`;
    print(`  ${what.padEnd(34)} ${times}, ratio ${ratio.toFixed(2)}`);
  }
  const most = paces.find(({ kind, size }) => kind === 'writes' && size === 10_000)?.ratio ?? Number.NaN;
  print(`  ratio at 10,000   ${most.toFixed(2)} (at most ${aims.removalRatio}: ${verdict(most <= aims.removalRatio)})`);
  print(
    `  growth            ${growth.toFixed(2)} of linear from 1,000 to 10,000 (at most ${aims.removalGrowth}: ${verdict(growth <= aims.removalGrowth)})`,
  );
};

const runRemoval = async (serverUrl: string): Promise<void> => {
  printRemoval('on the database server', await benchRemoval(serverUrl));
};

const runEmbeddedRemoval = async (): Promise<void> => {
  printRemoval('on the embedded database', await benchEmbeddedRemoval());
};

const runExports = async (serverUrl: string): Promise<void> => {
  print('Exports: a page of 50 of 100,000 over HTTP, and the same statement through pg alone');
  for (const { what, role, junction, bare, ratio } of await benchExports(serverUrl)) {
    print(`  ${role.padEnd(11)} ${what.padEnd(24)} ${ms(junction)} ${ms(bare)}, ratio ${ratio.toFixed(2)}`);
  }
};

const runRuns = async (serverUrl: string): Promise<void> => {
  const { paces, workers, pickUp } = await benchRuns(serverUrl, largestRun);
  print('Runs: from CSV files of a local folder to another local folder, and DuckDB alone doing the same COPY');
  for (const { what, junctionMs, aloneMs, ratio, peakMb } of paces) {
    const times = `${(junctionMs / 1_000).toFixed(1).padStart(6)} s, alone ${(aloneMs / 1_000).toFixed(1).padStart(6)} s`;
    const isReached = ratio >= aims.runRatio && (peakMb ?? 0) <= aims.runPeakMb;
    print(
      `  ${what.padEnd(28)} ${times}, ratio ${ratio.toFixed(2)}, peak ${peakMb?.toFixed(0)} MiB (at least ${aims.runRatio}, at most ${aims.runPeakMb}: ${verdict(isReached)})`,
    );
  }
  const { one, two, ratio } = workers;
  print(
    `  workers           1 on a core ${one.toFixed(0)} rows/s, 2 on a core each ${two.toFixed(0)}, ratio ${ratio.toFixed(2)}`,
  );
  print(
    `  pick-up           p50 ${pickUp.p50.toFixed(0)} ms, p99 ${pickUp.p99.toFixed(0)} ms, p50 is ${pickUp.ratio.toFixed(2)} of what such a run takes`,
  );
};

const runCheck = async (): Promise<void> => {
  const { check, raw, ratio } = await benchCheck();
  print('Check: a healthy ADLS Gen2 account on the lake emulator');
  print(`  Junction          p50 ${check.p50.toFixed(1)} ms, p99 ${check.p99.toFixed(1)} ms`);
  print(`  SDK alone         p50 ${raw.p50.toFixed(1)} ms, p99 ${raw.p99.toFixed(1)} ms`);
  print(`  ratio of p50      ${ratio.toFixed(2)} (at most ${aims.checkRatio}: ${verdict(ratio <= aims.checkRatio)})`);
};

const runImports = async (): Promise<void> => {
  print('Imports: a tally of customers in local CSV files by the engine, and DuckDB alone counting the same');
  for (const { what, tallyMs, aloneMs, ratio, peakMb } of await benchImports(largestRun)) {
    const times = `${(tallyMs / 1_000).toFixed(1).padStart(6)} s, alone ${(aloneMs / 1_000).toFixed(1).padStart(6)} s`;
    const isReached = ratio >= aims.tallyRatio && peakMb <= aims.tallyPeakMb;
    print(
      `  ${what.padEnd(28)} ${times}, ratio ${ratio.toFixed(2)}, peak ${peakMb.toFixed(0)} MiB (at least ${aims.tallyRatio}, at most ${aims.tallyPeakMb}: ${verdict(isReached)})`,
    );
  }
};

const runReports = async (serverUrl: string): Promise<void> => {
  const { profiles, kilobytes, makingMs, firstMs, report, session, ratio } = await benchReports(serverUrl);
  print('Reports: a customer profile report as large as reports get, by filters, and the session check alone');
  print(`  ${profiles.toLocaleString('en')} profiles, ${kilobytes.toFixed(0)} KiB, made in ${ms(makingMs).trim()}`);
  print(
    `  report            p50 ${report.p50.toFixed(1)} ms, p99 ${report.p99.toFixed(1)} ms, the first ${ms(firstMs).trim()}`,
  );
  print(`  session alone     p50 ${session.p50.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`);
  print(`  report, p50       at most ${aims.reportMs} ms: ${verdict(report.p50 <= aims.reportMs)}`);
};

const runTokens = async (serverUrl: string): Promise<void> => {
  const { bySession, byToken, ratio } = await benchTokens(serverUrl);
  print('Tokens: a page of 50 of 1,000 connections, 20 clients, by a session and by an API token in turn');
  print(`  session           ${bySession.toFixed(0)} requests/s`);
  print(`  token             ${byToken.toFixed(0)} requests/s`);
  print(`  ratio             ${ratio.toFixed(2)} (at least ${aims.tokenRatio}: ${verdict(ratio >= aims.tokenRatio)})`);
};

const onServer = {
  list: runList,
  removal: runRemoval,
  exports: runExports,
  runs: runRuns,
  reports: runReports,
  tokens: runTokens,
};
const anywhere = { 'embedded-removal': runEmbeddedRemoval, check: runCheck, imports: runImports };
const names = [...Object.keys(onServer), ...Object.keys(anywhere)];

/** Runs the benchmarks one after the other and prints their ratios: `npm run bench`, or `npm run bench -- removal exports` for some. */
const run = async (wanted: readonly string[]): Promise<void> => {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}", only ${names.join(', ')}.`);
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
  const gib = Math.round(totalmem() / 2 ** 30);
  print(`Machine: ${cpus().length} cores, ${gib} GiB, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  const url = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  for (const [name, bench] of Object.entries(onServer).filter(([name]) => isWanted(name))) {
    if (url === undefined) print(`${name}: not measured; set TEST_DATABASE_URL to a PostgreSQL server.`);
    else await bench(url);
  }
  for (const [, bench] of Object.entries(anywhere).filter(([name]) => isWanted(name))) await bench();
};

await run(process.argv.slice(2));
