import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, watchEvents } from './call.ts';
import { runNews, type TakeNews } from './run-news.ts';

/** How often live runs are asked for while events do not come through, as behind a proxy that holds them back. */
const pollMs = 3_000;
/** The first event comes at once; one that has not come by then is held back somewhere. */
const firstMs = 4_000;
/** The server says something at least every 15 s; after this long without a word the connection is taken for dead. */
const silentMs = 40_000;
/** Before events are tried again; twice as long after each try in vain, up to the longest. */
const reconnectMs = 15_000;
const longestMs = 120_000;

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

/** Hands over what is told for as long as events come; resolves when they do not, or not any more, with whether there was one. */
const listen = async (environmentId: string, take: TakeNews, signal: AbortSignal): Promise<boolean> => {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), firstMs);
  let hasHeard = false;
  try {
    const input = { params: { environmentId }, signal: AbortSignal.any([signal, silence.signal]) };
    for await (const event of watchEvents(contract.watchRuns, input)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silentMs);
      if (event === undefined) continue;
      take(event.runs, { isWhole: !hasHeard });
      hasHeard = true;
    }
  } catch {
    // Whether the server can be reached at all is told by the next request.
  } finally {
    clearTimeout(timer);
  }
  return hasHeard;
};

/** Asks for the live runs again and again for so long. */
const poll = async (environmentId: string, take: TakeNews, ms: number, signal: AbortSignal): Promise<void> => {
  const until = Date.now() + ms;
  while (!signal.aborted && Date.now() < until) {
    const answer = await call(contract.watchRuns, { params: { environmentId }, signal }).catch(() => undefined);
    if (answer !== undefined) take(answer.runs, { isWhole: true });
    await wait(answer === undefined ? reconnectMs : pollMs, signal);
  }
};

/** By events, or by asking while there are none; resolves when the signal fires. */
const follow = async (environmentId: string, take: TakeNews, signal: AbortSignal): Promise<void> => {
  let pauseMs = reconnectMs;
  while (!signal.aborted) {
    const hasHeard = await listen(environmentId, take, signal);
    pauseMs = hasHeard ? reconnectMs : Math.min(2 * pauseMs, longestMs);
    await poll(environmentId, take, pauseMs, signal);
  }
};

/** Follows the runs while the page can be seen. A hidden one asks for nothing: connections are few, and what it missed it is told when it comes back. */
const followWhileVisible = (environmentId: string, take: TakeNews, signal: AbortSignal): void => {
  let hiding: AbortController | undefined;
  const look = () => {
    if (document.visibilityState === 'hidden') {
      hiding?.abort();
      hiding = undefined;
    } else if (hiding === undefined) {
      hiding = new AbortController();
      void follow(environmentId, take, AbortSignal.any([signal, hiding.signal]));
    }
  };
  document.addEventListener('visibilitychange', look, { signal });
  look();
};

/** Keeps everything on the page that shows runs of the environment up to date, by events or, where they do not come through, by asking. */
export const useLiveRuns = (environmentId: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    followWhileVisible(environmentId, runNews(client, environmentId, leaving.signal), leaving.signal);
    return () => leaving.abort();
  }, [client, environmentId]);
};
