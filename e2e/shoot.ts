import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { settle } from './settle.ts';

const images = resolve(import.meta.dirname, '../docs/images');

/** Writes the page as it is now to docs/images/<name>.png when JUNCTION_SHOTS=1; otherwise only waits until it has settled. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  await settle(page);
  if (process.env.JUNCTION_SHOTS !== '1') return;
  await page.screenshot({ path: `${images}/${name}.png`, animations: 'disabled', caret: 'hide' });
};
