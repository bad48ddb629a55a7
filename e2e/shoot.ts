import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { settle } from './settle.ts';

const images = resolve(import.meta.dirname, '../docs/images');
const sizes = [
  { width: 1280, height: 800 },
  { width: 400, height: 800 },
];
const colorSchemes = ['light', 'dark'] as const;

/**
 * Writes docs/images/<name>-<width>-<scheme>.png in both widths and both schemes, when JUNCTION_SHOTS=1; otherwise does nothing,
 * so that a flow may call it at each place worth showing. The page is as it was afterwards.
 */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (process.env.JUNCTION_SHOTS !== '1') return;
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      await page.screenshot({ path: `${images}/${name}-${size.width}-${colorScheme}.png`, animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
};
