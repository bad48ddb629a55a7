import { StoreError } from '@junction/connectors/runtime';
import { EngineError } from '@junction/engine';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../platform/app-error.ts';
import { SpoolError } from '../../../platform/spool.ts';
import { StepError } from '../../runs/index.ts';
import { asReadError, asStepError, permanent, withFile } from './failures.ts';

const doing = { phase: 'moving' as const, entity: 'Customer' };
const secret = 'a secret of the other side';
const problemOf = (error: unknown) => (error instanceof StepError ? error.problem : 'no failure of a step');

describe('failures', () => {
  it('of stores are told with what was done, and without secrets however they are spelled', () => {
    const error = new StoreError({
      code: 'keyRejected',
      message: `The server says: ${encodeURIComponent(secret)}.`,
      remedy: `Do not use ${Buffer.from(secret).toString('base64')}.`,
      isTransient: true,
      retryAfterMs: 7_000,
    });
    const told = asStepError(error, doing, [secret]);
    expect(told).toMatchObject({ retryAfterMs: 7_000 });
    expect(problemOf(told)).toEqual({
      code: 'keyRejected',
      message: 'The server says: [secret].',
      remedy: 'Do not use [secret].',
      isTransient: true,
      ...doing,
    });
  });

  it('of the engine name the file and the line', () => {
    const details = { file: 'a.csv', line: 7, reason: 'tooManyValues' };
    const error = new EngineError({
      code: 'malformedRow',
      message: 'Too many values.',
      remedy: 'Correct it.',
      details,
    });
    expect(problemOf(asStepError(error, doing))).toEqual({
      code: 'malformedRow',
      message: 'Too many values.',
      remedy: 'Correct it.',
      isTransient: false,
      file: 'a.csv',
      line: 7,
      ...doing,
    });
  });

  it.each([
    ['the disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), 'spoolDiskFull', true],
    ['the engine’s disk', new EngineError({ code: 'diskFull', message: 'Full.' }), 'spoolDiskFull', true],
    ['the spool', new SpoolError(64 * 1024 * 1024), 'spoolTooSmall', false],
    ['too many who wait', new AppError('unavailable', 'Too many checks are waiting.'), 'busy', true],
  ])('of %s are told', (_name, error, code, isTransient) => {
    expect(problemOf(asStepError(error, doing))).toMatchObject({ code, isTransient, ...doing });
  });

  it('of a source that changed are told as that', () => {
    for (const code of ['fileChanged', 'fileMissing']) {
      const error = new StoreError({ code, message: 'Other.', isTransient: false });
      expect(problemOf(asReadError(error, doing, []))).toMatchObject({ code: 'sourceChanged', isTransient: false });
      expect(problemOf(asStepError(error, doing))).toMatchObject({ code });
    }
  });

  it('of one file of a source name it', async () => {
    for (const [code, told] of [
      ['fileChanged', 'sourceChanged'],
      ['readRefused', 'readRefused'],
    ] as const) {
      const refuse = () => Promise.reject(new StoreError({ code, message: 'Other.', isTransient: false }));
      const error: unknown = await withFile('b.csv', refuse).catch((failure: unknown) => failure);
      expect(problemOf(asReadError(error, doing, []))).toMatchObject({ ...doing, code: told, file: 'b.csv' });
    }
  });

  it('of nobody known stay as they are, and so do those that were told', () => {
    const told = permanent({ code: 'x', message: 'X.' }, doing);
    for (const error of [new Error('a value of a row'), undefined, 'text', told])
      expect(asStepError(error, { phase: 'publishing' })).toBe(error);
  });
});
