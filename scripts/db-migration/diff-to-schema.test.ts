import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffToSchema } from './diff-to-schema.ts';

const schema = readFileSync(resolve(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');

describe('the migrations', () => {
  it('make exactly what the schema says', async () => {
    expect(await diffToSchema(schema)).toBeNull();
  });

  it('get the SQL for a model that they lack', async () => {
    const sql = await diffToSchema(`${schema}\nmodel Pigeon {\n  ring String @id\n}\n`);
    expect(sql).toContain('CREATE TABLE "Pigeon"');
    expect(sql).not.toMatch(/DROP|ALTER/);
  });

  it('refuse a schema with a mistake, naming it', async () => {
    await expect(diffToSchema(`${schema}\nmodel Pigeon {\n  ring Feather @id\n}\n`)).rejects.toThrow('Feather');
  });
});
