import type { Verdict } from '../../check-run.ts';
import { type Answer, isAnswered } from '../asking.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfFailure } from '../classify.ts';
import { factsOf } from '../facts.ts';
import type { Failure } from '../failure.ts';
import { verdictOf } from '../findings/findings.ts';

/** The first answer that storage itself gave, as soon as it is there; else why none came. */
const firstAnswer = async (answers: Promise<Answer<unknown>>[]): Promise<Answer<unknown>> => {
  const answered = answers.map(async (answer) => {
    const settled = await answer;
    if (!isAnswered(settled)) throw settled;
    return settled;
  });
  return Promise.any(answered).catch(() => answers[0] ?? Promise.reject(new Error('No request was made.')));
};

/** An emulator that is too old refuses the version header of every request. */
const isVersionRefusal = (failure: Failure): boolean =>
  failure.kind === 'answered' &&
  failure.errorCode === 'InvalidHeaderValue' &&
  /x-ms-version|API version|service version/i.test(failure.detail);

/** `connect`: each host answers, and what answers is Azure Storage, whatever it says. */
export const judgeConnection = async (check: StorageCheck): Promise<Verdict> => {
  const { place, facts, files, account } = check;
  const { path, account: about, container, bare } = check.questions();
  const toFiles = bare?.files ?? path;
  const toAccount = bare === undefined ? [container, about].filter((answer) => answer !== undefined) : [bare.account];
  const groups: [endpoint: string, answers: Promise<Answer<unknown>>[]][] =
    files.endpoint === account.endpoint
      ? [[files.endpoint, [toFiles, ...toAccount]]]
      : [
          [files.endpoint, [toFiles]],
          [account.endpoint, toAccount],
        ];
  const answers = await Promise.all(
    groups.map(async ([endpoint, asked]) => ({ endpoint, answer: await firstAnswer(asked) })),
  );
  for (const { endpoint, answer } of answers) {
    if (answer.ok) continue;
    if (!isAnswered(answer)) return verdictOfFailure(answer.failure, factsOf(place, endpoint));
    if (isVersionRefusal(answer.failure)) return verdictOf('versionNotSupported', factsOf(place, endpoint));
  }
  return verdictOf('connected', facts);
};
