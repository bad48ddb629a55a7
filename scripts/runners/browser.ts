import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserVariable, launchOptions } from '../../e2e/browser.ts';
import { command, runShown } from './run-command.ts';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const onPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => systemNames.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

const isRoot = process.getuid?.() === 0;
const canInstallPackages = isRoot && existsSync('/usr/bin/apt-get');

/** Whether it really starts: a browser may be there without the libraries that it needs. */
const starts = async (executablePath: string | undefined): Promise<boolean> => {
  try {
    await (await chromium.launch(launchOptions(executablePath))).close();
    return true;
  } catch {
    return false;
  }
};

const installWithApt = async () => {
  console.log('Installing the package chromium…');
  const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
  await runShown('apt-get', ['update', '-qq'], quietly);
  await runShown('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quietly);
};

const installWithPlaywright = async () => {
  console.log('Installing Playwright’s Chromium…');
  await runShown(command('playwright'), ['install', 'chromium']);
};

export type Browser = { executablePath: string | undefined; origin: string };

/**
 * A Chromium that starts: the one that JUNCTION_BROWSER names, Playwright's own, one of the system, and only then one that is
 * installed now. Null when there is none to be had.
 */
export const findBrowser = async (): Promise<Browser | null> => {
  const named = process.env[browserVariable];
  if (named) return (await starts(named)) ? { executablePath: named, origin: browserVariable } : null;
  const own = { executablePath: undefined, origin: 'Playwright’s own' };
  if (existsSync(chromium.executablePath()) && (await starts(undefined))) return own;
  const fromSystem = async (): Promise<Browser | null> => {
    const file = onPath();
    return file !== undefined && (await starts(file)) ? { executablePath: file, origin: file } : null;
  };
  const installed = await fromSystem();
  if (installed) return installed;
  await installWithPlaywright();
  if (await starts(undefined)) return own;
  if (!canInstallPackages) return null;
  await installWithApt();
  return fromSystem();
};
