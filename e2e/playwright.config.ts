import { defineConfig, devices } from '@playwright/test';
import { browserVariable, launchOptions } from './browser.ts';

/** The first start makes a database and the sample lake; a busy machine takes a while. */
const startTimeoutMs = 90_000;
/** Longer than the product's own ten seconds, in which it finishes what is under way. */
const stopTimeoutMs = 12_000;

export default defineConfig({
  testDir: 'flows',
  outputDir: '../test-results',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // One product, one browser: two cores are busy with that.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    // The product says on which port it listens; see webServer.
    baseURL: process.env.JUNCTION_URL,
    launchOptions: launchOptions(process.env[browserVariable] || undefined),
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'node --disable-warning=ExperimentalWarning product.ts',
    // Playwright puts named groups into the environment of the tests: JUNCTION_TENANT_DOOR, JUNCTION_PROVIDER_DOOR, JUNCTION_URL, JUNCTION_LAKE_URL.
    wait: {
      stdout:
        /Tenant and lake\s+(?<junction_tenant_door>http\S+)[\s\S]*Identity provider\s+(?<junction_provider_door>http\S+)[\s\S]*Junction is ready at\s+(?<junction_url>http\S+)[\s\S]*Sample lake\s+(?<junction_lake_url>http\S+)/,
    },
    timeout: startTimeoutMs,
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: stopTimeoutMs },
  },
});
