import type { AnyEndpoint, ResponseOf } from '@junction/contracts';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { type CallInput, call, newIdempotencyKey } from './call.ts';
import { Offline } from './errors.ts';

/**
 * A mutation that calls an endpoint. When a submit does not reach the server (or its answer does not reach us), sending
 * the same input again carries the same idempotency key, so that it cannot happen twice.
 */
export const useSubmit = <E extends AnyEndpoint>(
  endpoint: E,
  options: { onSuccess?: (answer: ResponseOf<E>, input: CallInput<E>) => unknown } = {},
): UseMutationResult<ResponseOf<E>, Error, CallInput<E>> => {
  const unanswered = useRef<{ input: string; key: string } | null>(null);
  return useMutation<ResponseOf<E>, Error, CallInput<E>>({
    mutationFn: async (input) => {
      const text = JSON.stringify([input.params, input.query, input.body]);
      const key = unanswered.current?.input === text ? unanswered.current.key : newIdempotencyKey();
      unanswered.current = { input: text, key };
      try {
        const answer = await call(endpoint, { ...input, idempotencyKey: key });
        unanswered.current = null;
        return answer;
      } catch (error) {
        if (!(error instanceof Offline)) unanswered.current = null;
        throw error;
      }
    },
    onSuccess: options.onSuccess,
    // What the server keeps nowhere, such as a token that is shown once, goes from here with the page that asked for it.
    ...(!endpoint.keepsAnswers && { gcTime: 0 }),
  });
};
