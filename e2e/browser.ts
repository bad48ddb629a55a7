import type { LaunchOptions } from '@playwright/test';

/** Names the browser to use where Playwright's own is not installed; `npm test` finds one and sets it. */
export const browserVariable = 'JUNCTION_BROWSER';

// Without these a Chromium on a closed network spends its time on connections that are refused.
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How to start Chromium here. Its sandbox refuses to run as root, which is what containers and CI often are. */
export const launchOptions = (executablePath: string | undefined): LaunchOptions => ({
  executablePath,
  args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
});
