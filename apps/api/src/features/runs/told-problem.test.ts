import type { RunProblem } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { internalProblem, workersLost } from './rules.ts';
import { toldFile, toldProblem } from './told-problem.ts';

const problem: RunProblem = {
  code: 'folderForbidden',
  message: 'contosolake.dfs.core.windows.net does not let the key write to exports/secret-folder.',
  remedy: 'Allow it in exports/secret-folder.',
  isTransient: false,
  phase: 'moving',
  entity: 'Customer',
  file: 'secret-folder/Customer/part-1.csv',
  line: 7,
};

describe('a problem of a run', () => {
  it('is told whole to who sees the settings of connections', () => {
    expect(toldProblem(problem, true)).toBe(problem);
    expect(toldProblem(null, false)).toBeNull();
  });

  it('is told to others without a place, with what they can do', () => {
    const told = toldProblem(problem, false);
    expect(told).toMatchObject({
      code: 'folderForbidden',
      message: 'The rows could not be moved from the source to the destination.',
      remedy: expect.stringContaining('Admins of the environment'),
      entity: 'Customer',
      file: 'part-1.csv',
      line: 7,
      phase: 'moving',
    });
    expect(JSON.stringify(told)).not.toMatch(/secret-folder|contosolake/);
  });

  it.each(['preparing', 'counting', 'moving', 'publishing', 'over'] as const)('has words for %s', (phase) => {
    expect(toldProblem({ ...problem, phase, isTransient: true }, false)?.remedy).toContain('again in a while');
    expect(toldProblem({ ...problem, phase }, false)?.message).toMatch(/^The .*\.$/);
  });

  it.each(['preparing', 'moving', 'over'] as const)('of an import has words of its own for %s', (phase) => {
    const told = toldProblem({ ...problem, phase }, false, 'import');
    expect(told?.message).toMatch(/^The (customers|import) .*\.$/);
    expect(told?.remedy).toMatch(/on the connection/);
    expect(JSON.stringify(told)).not.toMatch(/secret-folder|contosolake|export/);
  });

  it.each([internalProblem, workersLost])('that names no place is told to everybody: $code', (known) => {
    expect(toldProblem(known, false)).toEqual(known);
  });

  it('of a file is told without the folder that the file lies in', () => {
    const message = 'Row at line 7 of "secret-folder/Customer/part-1.csv" has too few values.';
    expect(toldProblem({ ...problem, code: 'malformedRow', message, remedy: 'Correct it.' }, false)).toMatchObject({
      message: 'Row at line 7 of "part-1.csv" has too few values.',
      remedy: 'Correct it.',
      file: 'part-1.csv',
    });
  });

  it('names of files come without their folders', () => {
    expect([toldFile('a/b/c.csv', true), toldFile('a/b/c.csv', false), toldFile('c.csv', false)]).toEqual([
      'a/b/c.csv',
      'c.csv',
      'c.csv',
    ]);
  });
});
