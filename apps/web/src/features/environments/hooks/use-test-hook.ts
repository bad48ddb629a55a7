import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useSubmit } from '../../../lib/use-submit.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { hooksQuery } from './api.ts';

/** Sends a test to a webhook and says how it went; the list then shows it as the last delivery. */
export const useTestHook = (environmentId: string, { id: noticeHookId, name }: contract.NoticeHook) => {
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const { mutate, isPending } = useSubmit(contract.testNoticeHook, {
    onSuccess: (tested) => {
      queryClient.setQueryData(hooksQuery(environmentId).queryKey, (before) =>
        before === undefined
          ? undefined
          : { ...before, value: before.value.map((hook) => (hook.id === tested.id ? tested : hook)) },
      );
      const { lastDelivery } = tested;
      if (lastDelivery?.isDelivered === true) toasts.success(`The test arrived at ${name}.`);
      else toasts.error(`The test did not arrive at ${name}. ${lastDelivery?.message ?? ''}`.trim());
    },
  });
  const send = () =>
    mutate({ params: { environmentId, noticeHookId } }, { onError: (error) => toasts.error(error.message) });
  return { send, isSending: isPending };
};
