import { Spinner } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useHook, useHooksChanged } from './api.ts';
import { HookFields } from './hook-fields.tsx';
import { changedHere, changesOf, HookForm, valuesOf } from './hook-values.ts';

/** A webhook, to change. */
export const EditHookPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { noticeHookId = '' } = useParams();
  const navigate = useNavigate();
  const { hook, error, refetch } = useHook(environmentId, noticeHookId);
  const close = (how = {}) => void navigate(paths.settings(environmentId), how);
  if (hook)
    return (
      <EditHook key={hook.id} environmentId={environmentId} hook={hook} onStale={() => refetch()} onClose={close} />
    );
  return (
    <SidePanel title="Notice webhook" onClose={() => close()}>
      {hook === null ? (
        <EmptyState icon="Search" title="This webhook is gone" text="Somebody may have deleted it." />
      ) : error === null ? (
        <Spinner label="Loading" />
      ) : (
        <ErrorState error={error} onRetry={() => refetch()} />
      )}
    </SidePanel>
  );
};

/** The form; what somebody else saves meanwhile comes into the fields that were not touched here. */
const useHookForm = (hook: contract.NoticeHook) => {
  const form = useZodForm(HookForm, valuesOf(hook));
  const opened = useRef(hook);
  const takeTheirs = useEffectEvent(() => {
    if (opened.current.etag === hook.etag) return;
    const mine = form.getValues();
    const kept = changedHere(mine, valuesOf(opened.current));
    opened.current = hook;
    form.reset(valuesOf(hook), { keepErrors: true });
    for (const field of kept) form.setValue(field, mine[field], { shouldDirty: true });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tag says that there is another version
  useEffect(() => takeTheirs(), [hook.etag]);
  return form;
};

type Props = {
  environmentId: string;
  hook: contract.NoticeHook;
  onStale: () => unknown;
  onClose: (how?: object) => void;
};

const EditHook = ({ environmentId, hook, onStale, onClose }: Props) => {
  const toasts = useToasts();
  const hooksChanged = useHooksChanged(environmentId);
  const form = useHookForm(hook);
  const submit = useSubmit(contract.updateNoticeHook, {
    onSuccess: async ({ name }) => {
      toasts.success(`${name} was saved.`);
      onClose(leaveUnguarded);
      await hooksChanged();
    },
  });
  return (
    <FormPanel
      title={hook.name}
      subtitle="Junction posts each notice as JSON to a URL of yours."
      form={form}
      submitText="Save"
      isSubmitting={submit.isPending}
      isSubmitDisabled={!form.formState.isDirty}
      onSubmit={(values) =>
        submit.mutate(
          {
            params: { environmentId, noticeHookId: hook.id },
            body: changesOf(values, hook),
            ifMatch: hook.etag,
          },
          {
            onError: (error) => {
              applyProblem(form, error);
              if (isProblem(error, 'preconditionFailed')) onStale();
            },
          },
        )
      }
      onClose={() => onClose()}
    >
      <HookFields form={form} hook={hook} />
    </FormPanel>
  );
};
