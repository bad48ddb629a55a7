import { Link, MessageBar, MessageBarType } from '@fluentui/react';
import { ApiProblem } from '../../lib/errors.ts';
import { waitWords } from './wait-words.ts';

/** Why the browser could not leave for an identity provider, and a way to try again. */
export const StartProblem = ({ error, onRetry }: { error: Error; onRetry: () => void }) => {
  const isTooSoon = error instanceof ApiProblem && error.code === 'tooManyRequests';
  return (
    <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
      {isTooSoon ? waitWords(error.retryAfterSeconds) : error.message} <Link onClick={onRetry}>Retry</Link>
    </MessageBar>
  );
};
