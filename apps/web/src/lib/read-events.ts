import { createParser } from 'eventsource-parser';
import { Offline, UnexpectedAnswer } from './errors.ts';

const parseData = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new UnexpectedAnswer({ cause });
  }
};

/**
 * The JSON documents of a text/event-stream answer as they arrive, and undefined for each comment, which servers send as a sign of
 * life. An answer that is no event stream, such as one that a proxy made, is an UnexpectedAnswer.
 */
export async function* readEvents(response: Response, signal?: AbortSignal): AsyncGenerator<unknown> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new UnexpectedAnswer();
  let arrived: unknown[] = [];
  const parser = createParser({
    onEvent: ({ data }) => arrived.push(parseData(data)),
    onComment: () => arrived.push(undefined),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw signal?.aborted ? cause : new Offline({ cause });
      });
      if (done) return;
      parser.feed(value);
      const events = arrived;
      arrived = [];
      yield* events;
    }
  } finally {
    // Whoever stops listening early also ends the request.
    await reader.cancel().catch(() => undefined);
  }
}
