import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

it('the image installs what every package needs', () => {
  const dockerfile = readFileSync(resolve(root, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY packages\/([\w-]+)\/package\.json packages\/\1\/$/gm)].map(
    ([, name]) => name,
  );
  expect(copied).toEqual(readdirSync(resolve(root, 'packages')).sort());
});
