import { Offline, UnexpectedAnswer } from './errors.ts';

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new UnexpectedAnswer({ cause });
  }
};

/** The JSON documents of an application/x-ndjson answer, one by one as they arrive; a line may come in several pieces. */
export async function* readLines(response: Response, signal?: AbortSignal): AsyncGenerator<unknown> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw signal?.aborted ? cause : new Offline({ cause });
      });
      const lines = (rest + (value ?? '')).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) if (line.trim() !== '') yield parseLine(line);
      if (done) return;
    }
  } finally {
    // Whoever stops listening early also ends the request.
    await reader.cancel().catch(() => undefined);
  }
}
