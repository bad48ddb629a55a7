import type { AnyEndpoint } from '@junction/contracts';
import type { Request, Response } from 'express';

const json = 'application/json';

/** How events are written: as lines of JSON, which end by themselves, or as server-sent events, for as long as somebody listens. */
const formats = {
  'application/x-ndjson': (text: string) => `${text}\n`,
  'text/event-stream': (text: string) => `data: ${text}\n\n`,
} as const;
type Format = keyof typeof formats;

/** How often who follows events is looked at again: proxies cut off what is silent for a minute, and rights end. */
export const aliveEveryMs = 15_000;
/** What a client does not take is not kept for it: it is cut off, and asks anew. */
const unreadBytes = 1_000_000;

/** The format that a client takes events in; undefined when it waits for the whole answer, or there are none. */
const formatFor = (endpoint: AnyEndpoint, request: Request): Format | undefined => {
  if (endpoint.events === null || request.method === 'HEAD') return undefined;
  const accepted = request.accepts([json, ...Object.keys(formats)]);
  return Object.keys(formats).find((format): format is Format => format === accepted);
};

export type EventStream = {
  write(event: unknown): void;
  end(): void;
};

type Options = {
  /** Whether the client may still follow; asked again and again. */
  isAllowed(): Promise<boolean>;
  /** Ends whoever makes the events. */
  leave(): void;
};

/**
 * Answers with events when the client takes them; undefined when it does not. Nothing is sent before the first event, so that a
 * refusal is still told as one.
 */
export const openEventStream = (
  endpoint: AnyEndpoint,
  request: Request,
  response: Response,
  { isAllowed, leave }: Options,
): EventStream | undefined => {
  const format = formatFor(endpoint, request);
  if (format === undefined) return undefined;
  const send = (text: string) => {
    if (response.destroyed || response.writableEnded) return;
    if (response.writableLength > unreadBytes) response.destroy();
    else response.write(text);
  };
  const begin = () => {
    response.status(200).setHeader('Content-Type', format);
    // Nobody on the way may collect or compress what is to arrive at once.
    response.setHeader('Cache-Control', 'no-store, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
  };
  const lookAgain = async () => {
    if (!response.headersSent) return;
    if (!(await isAllowed().catch(() => true))) leave();
    else if (format === 'text/event-stream') send(':\n\n');
  };
  const alive = setInterval(() => void lookAgain(), aliveEveryMs);
  response.once('close', () => clearInterval(alive));
  return {
    write: (event) => {
      if (!response.headersSent && !response.destroyed) begin();
      send(formats[format](JSON.stringify(endpoint.events?.parse(event))));
    },
    end: () => {
      clearInterval(alive);
      response.end();
    },
  };
};
