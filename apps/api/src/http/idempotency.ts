import { createHash } from 'node:crypto';
import type { Actor, AnyEndpoint } from '@junction/contracts';
import type { Request } from 'express';
import type { House } from '../house.ts';
import { AppError, invalidField } from '../platform/app-error.ts';

/** How long an answer is kept for a repeated request. */
export const idempotencyHours = 24;
/** A request that has had no answer for this long was cut off by a crash; its key may be used again. */
const abandonedAfterMs = 60_000;
const keyPattern = /^[\x21-\x7e]{1,200}$/;

type Answer = { status: number; body: unknown };
type Needs = Pick<House, 'db' | 'vault' | 'clock'>;

const fingerprintOf = (request: Request) =>
  new Uint8Array(
    createHash('sha256')
      .update(`${request.method} ${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`)
      .digest(),
  );

/** Takes the key for this request; undefined when it got it, else what another one with the same key left there. */
const claim = async ({ db, clock }: Needs, personId: string, key: string, fingerprint: Uint8Array<ArrayBuffer>) => {
  const now = clock.now();
  await db.idempotentRequest.deleteMany({
    where: {
      personId,
      key,
      OR: [
        { createdAt: { lt: new Date(now.getTime() - idempotencyHours * 3_600_000) } },
        { status: null, createdAt: { lt: new Date(now.getTime() - abandonedAfterMs) } },
      ],
    },
  });
  const { count } = await db.idempotentRequest.createMany({
    data: [{ personId, key, fingerprint, createdAt: now }],
    skipDuplicates: true,
  });
  return count === 1 ? undefined : db.idempotentRequest.findUnique({ where: { personId_key: { personId, key } } });
};

/**
 * Gives a POST with an Idempotency-Key the answer that the first one with this key got, so that a retry does nothing twice.
 * Answers are sealed, since one may hold a one-time link. Failed requests leave nothing behind and can be retried.
 */
export const answerOnce = async (
  house: Needs,
  actor: Actor | null,
  endpoint: AnyEndpoint,
  request: Request,
  answer: () => Promise<Answer>,
): Promise<Answer & { isReplay: boolean }> => {
  const key = request.get('idempotency-key');
  if (endpoint.method !== 'POST' || !endpoint.keepsAnswers || key === undefined || actor === null)
    return { ...(await answer()), isReplay: false };
  if (!keyPattern.test(key))
    throw invalidField('Idempotency-Key', 'invalid', 'An idempotency key has 1 to 200 visible ASCII characters.');
  const fingerprint = fingerprintOf(request);
  const binding = ['idempotency', actor.id, key];
  const earlier = await claim(house, actor.id, key, fingerprint);
  if (earlier) {
    if (!Buffer.from(earlier.fingerprint).equals(fingerprint)) {
      throw new AppError(
        'idempotencyMismatch',
        'This Idempotency-Key came with another request. Use a new key for a new request.',
      );
    }
    if (earlier.status === null || earlier.sealed === null) {
      throw new AppError(
        'idempotencyInProgress',
        'The first request with this Idempotency-Key is still running. Try again in a moment.',
        { retryAfterSeconds: 1 },
      );
    }
    return {
      status: earlier.status,
      body: JSON.parse(house.vault.openDirectly(earlier.sealed, binding)),
      isReplay: true,
    };
  }
  const where = { personId_key: { personId: actor.id, key } };
  try {
    const { status, body } = await answer();
    await house.db.idempotentRequest.update({
      where,
      data: { status, sealed: house.vault.sealDirectly(JSON.stringify(body), binding) },
    });
    return { status, body, isReplay: false };
  } catch (error) {
    await house.db.idempotentRequest.deleteMany({ where: { personId: actor.id, key, status: null } });
    throw error;
  }
};
