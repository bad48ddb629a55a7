import { type ErrorCode, errors, type Problem } from '@junction/contracts';
import type { ErrorRequestHandler, Response } from 'express';
import { AppError, invalidField } from '../platform/app-error.ts';
import type { Log } from '../platform/log.ts';

/** Errors of Express and its body parser, by their HTTP status. Their own messages quote the request, so they are not passed on. */
const codeOfStatus: Readonly<Record<number, [ErrorCode, string]>> = {
  400: ['invalidInput', 'The request is not well-formed.'],
  408: ['requestTimeout', 'The request did not arrive in time.'],
  413: ['payloadTooLarge', 'The request body is larger than Junction accepts.'],
  415: ['unsupportedMediaType', 'Send the body as UTF-8 JSON without compression.'],
};

/** Errors of the database that say it cannot be reached or is overloaded (Prisma's codes), not that we did something wrong. */
const unavailableDbCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);

const toAppError = (error: unknown): AppError | undefined => {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError('notFound', 'There is nothing at this address.');
  const { status, code, expose, type } = (error ?? {}) as {
    status?: number;
    code?: string;
    expose?: boolean;
    type?: string;
  };
  if (type === 'entity.parse.failed')
    return invalidField('', 'malformed_json', 'The body is not a JSON object. Check quotes, commas and brackets.');
  if (typeof code === 'string' && (unavailableDbCodes.has(code) || code === 'ECONNREFUSED')) {
    return new AppError('unavailable', 'The database cannot answer right now. Try again in a moment.', {
      retryAfterSeconds: 5,
    });
  }
  const known = expose === true && status !== undefined ? codeOfStatus[status] : undefined;
  return known ? new AppError(known[0], known[1]) : undefined;
};

/** What a program that showed a token reads about it in WWW-Authenticate (RFC 6750 §3). */
const challengeOf = ({ code, details: { missing } }: AppError): string | undefined => {
  if (code === 'tokenInvalid' || code === 'tokenExpired') return 'Bearer error="invalid_token"';
  if (code === 'outOfScope') return `Bearer error="insufficient_scope"${missing ? `, scope="${missing}"` : ''}`;
  return undefined;
};

/** Writes an RFC 9457 problem. */
export const sendProblem = (response: Response, error: AppError): void => {
  const [status, title] = errors[error.code];
  const { errors: problems, check, usage, retryAfterSeconds } = error.details;
  const traceId = String(response.req.id);
  const body: Problem = {
    type: `/api/docs/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    errors: problems,
    check,
    usage,
    traceId,
  };
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  const challenge = challengeOf(error);
  if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge);
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
};

/** The last door: whatever was not expected is logged in full and answered without a detail. */
export const problemHandler =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const expected = toAppError(error);
    if (!expected) log.error({ err: error, traceId: request.id }, 'unexpected error');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(
      response,
      expected ??
        new AppError('internal', 'The server could not answer this. The trace id finds the reason in its log.'),
    );
  };
