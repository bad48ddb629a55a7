import { randomUUID } from 'node:crypto';

type Kind = { status: number; error: string };

const INVALID_REQUEST: Kind = { status: 400, error: 'invalid_request' };
const INVALID_CLIENT: Kind = { status: 401, error: 'invalid_client' };
const UNAUTHORIZED_CLIENT: Kind = { status: 400, error: 'unauthorized_client' };

/** "Microsoft Entra authentication and authorization error codes": how each is answered. */
const KINDS = {
  50027: INVALID_CLIENT,
  53003: { status: 400, error: 'invalid_grant' },
  70003: { status: 400, error: 'unsupported_grant_type' },
  90002: INVALID_REQUEST,
  90033: { status: 503, error: 'temporarily_unavailable' },
  90055: { status: 429, error: 'temporarily_unavailable' },
  500011: { status: 400, error: 'invalid_resource' },
  700016: UNAUTHORIZED_CLIENT,
  700023: INVALID_CLIENT,
  700024: INVALID_CLIENT,
  700027: INVALID_CLIENT,
  700211: INVALID_CLIENT,
  700212: INVALID_CLIENT,
  700213: INVALID_CLIENT,
  900023: INVALID_REQUEST,
  900144: INVALID_REQUEST,
  1002012: { status: 400, error: 'invalid_scope' },
  7000112: UNAUTHORIZED_CLIENT,
  7000215: INVALID_CLIENT,
  7000216: INVALID_CLIENT,
  7000222: INVALID_CLIENT,
} as const satisfies Record<number, Kind>;

export type EntraErrorCode = keyof typeof KINDS;

/** A refusal as Entra words it. */
export class EntraError extends Error {
  readonly code: EntraErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** @param options.status where the code does not say it. */
  constructor(
    code: EntraErrorCode,
    text: string,
    options: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(text);
    this.name = 'EntraError';
    this.code = code;
    this.status = options.status ?? KINDS[code].status;
    this.headers = options.headers ?? {};
  }
}

/** `2026-11-22 14:06:46Z`, as in all of Entra's texts. */
export const entraTime = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')}Z`;

export type EntraErrorBody = {
  error: string;
  error_description: string;
  error_codes: number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  error_uri: string;
};

/** Status and body of an error. @param correlationId the `client-request-id` of the request, where it has one. */
export const describeEntraError = (
  { code, status, message }: EntraError,
  origin: string,
  correlationId: string = randomUUID(),
): { status: number; body: EntraErrorBody } => {
  const { error } = KINDS[code];
  const traceId = randomUUID();
  const timestamp = entraTime(new Date());
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `${origin}/error?code=${code}`,
    },
  };
};
