import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** Chromium logs every answer from 400 on as an error. A 4xx of the API is an answer that the page handles, and flows provoke them. */
const isRefusal = (message: ConsoleMessage) =>
  /Failed to load resource: .*status of 4\d\d/.test(message.text()) && message.location().url.includes('/api/');

/** Collects what no page of the context may do: write an error to the console, throw, or break the content security policy. */
export const collectComplaints = async (context: BrowserContext, complaints: string[]): Promise<void> => {
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message)) complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      console.error(`CSP ${violatedDirective} refused ${blockedURI} at ${sourceFile}:${lineNumber}`),
    );
  });
};

/** Takes out of the complaints what the browser says about something that the flow itself made fail; fails when it said nothing. */
export const forgive = (complaints: string[], pattern: RegExp): void => {
  const others = complaints.filter((complaint) => !pattern.test(complaint));
  if (others.length === complaints.length) throw new Error(`No page complained about ${pattern}.`);
  complaints.splice(0, complaints.length, ...others);
};
