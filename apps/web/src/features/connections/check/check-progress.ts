import type { CheckEvent, CheckResult, CheckStep } from '@junction/contracts';
import type { StepView } from '../../../ui/check-steps.tsx';

type NamedStep = { step: string; label: string };

/** The steps of a check that has just begun: all of them wait. */
export const startOfCheck = (steps: readonly NamedStep[]): StepView[] =>
  steps.map(({ step, label }) => ({ step, label, status: 'pending' }));

/** The steps after something was heard of the check. A step that the manifest does not name is added at the end. */
export const afterEvent = (steps: readonly StepView[], event: CheckEvent): StepView[] => {
  if (event.event === 'started') return withStep(steps, { step: event.step, label: event.step, status: 'running' });
  if (event.event === 'finished') return withStep(steps, finished(event.step));
  return stepsOfResult(steps, event.result);
};

/** The steps of a finished check, in the order and with the labels of the manifest. */
export const stepsOfResult = (steps: readonly NamedStep[], result: Pick<CheckResult, 'steps'>): StepView[] =>
  result.steps.map(finished).reduce<StepView[]>(withStep, startOfCheck(steps)).map(notRunUnlessFinished);

/** The steps of a check that was cancelled: what had not finished did not run. */
export const afterCancel = (steps: readonly StepView[]): StepView[] => steps.map(notRunUnlessFinished);

const finished = (result: CheckStep): StepView => ({
  step: result.step,
  label: result.step,
  status: result.status,
  result,
});

const notRunUnlessFinished = (view: StepView): StepView =>
  view.result === undefined ? { ...view, status: 'notRun' } : view;

const withStep = (steps: readonly StepView[], next: StepView): StepView[] =>
  steps.some(({ step }) => step === next.step)
    ? steps.map((view) => (view.step === next.step ? { ...next, label: view.label } : view))
    : [...steps, next];
