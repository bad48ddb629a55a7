import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { NotStorageAnswer, readFailure } from './failure.ts';

const idle = new AbortController().signal;

describe('what a request failed with', () => {
  it.each([
    ['ECONNREFUSED', 'connectionRefused'],
    ['ECONNRESET', 'connectionReset'],
    ['EPIPE', 'connectionReset'],
    ['EHOSTUNREACH', 'hostUnreachable'],
    ['ENETUNREACH', 'hostUnreachable'],
    ['ETIMEDOUT', 'noAnswer'],
    ['CERT_HAS_EXPIRED', 'certificateExpired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificateNotTrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateForOtherHost'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
    ['EPROTO', 'tlsFailed'],
    ['HPE_INVALID_CONSTANT', 'notHttp'],
  ])('%s is %s', (code, cause) => {
    expect(readFailure(new RestError('', { code }), idle)).toEqual({ kind: 'network', cause });
  });

  it('tells a time-out from a cancellation by the signal', () => {
    const timedOut = AbortSignal.abort(new DOMException('', 'TimeoutError'));
    expect(readFailure(new Error(''), timedOut)).toEqual({ kind: 'network', cause: 'noAnswer' });
    expect(readFailure(new Error(''), AbortSignal.abort())).toEqual({ kind: 'cancelled' });
  });

  it('keeps apart who answered', () => {
    expect(readFailure(new NotStorageAnswer(200), idle)).toEqual({ kind: 'notStorage', status: 200 });
    expect(readFailure(new NotStorageAnswer(307), idle)).toEqual({ kind: 'redirected', status: 307 });
    expect(readFailure(Object.assign(new Error('No.'), { code: 'addressRefused' }), idle)).toEqual({
      kind: 'refused',
      message: 'No.',
    });
  });

  it('has no name for anything else', () => {
    for (const error of [new Error('x'), 'x', undefined, null, { code: 'EWHATEVER' }]) {
      expect(readFailure(error, idle)).toEqual({ kind: 'unknown' });
    }
  });
});
