import type { RunProblem } from '@junction/contracts';
import type { NewNotice, NoticeWords } from '../notices/index.ts';
import { type RunChange, toldProblem } from '../runs/index.ts';
import type { Became, Standing } from './transition.ts';

const failed = (problem: RunProblem | null): NoticeWords => ({
  message: problem?.message ?? 'A run failed.',
  remedy: problem?.remedy ?? null,
});

/** In words about a schedule that does nothing any more, whoever reads them. */
export const autoPausedWords = (failures: number, problem: RunProblem | null): NoticeWords => ({
  message: `Its schedule is paused after ${failures} failures in a row. ${problem?.message ?? ''}`.trim(),
  remedy: problem?.remedy ?? 'Correct what the last run says, then resume it.',
});

const recovered: NoticeWords = { message: 'A run succeeded again.', remedy: null };

/**
 * The notice of what became of an export; undefined when nobody needs to be told. Its state changes with runs only, which a schedule makes
 * minutes apart, so each change is told. That a schedule goes on is said by the recovery.
 */
export const noticeOf = (
  became: Became,
  { id, name, failuresInRow }: Standing & { id: string; name: string },
  { environmentId, runId, problem, at }: RunChange,
): NewNotice | undefined => {
  const about = { environmentId, at, subject: { type: 'export' as const, id, name }, runId };
  const told = toldProblem(problem, false);
  switch (became) {
    case 'failing':
      return { ...about, kind: 'export.failing', words: failed(problem), toldWords: failed(told) };
    case 'autoPaused': {
      const toldWords = autoPausedWords(failuresInRow, told);
      return { ...about, kind: 'export.auto-paused', words: autoPausedWords(failuresInRow, problem), toldWords };
    }
    case 'recovered':
      return { ...about, kind: 'export.recovered', words: recovered, toldWords: recovered };
    case 'resumed':
      return undefined;
  }
};
