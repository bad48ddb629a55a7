import { useBeforeUnload, useBlocker } from 'react-router';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';

/** Navigation options for leaving a form whose changes are saved, or given up on purpose: `navigate(to, leaveUnguarded)`. */
export const leaveUnguarded = { state: { isUnguarded: true } } as const;

const isUnguarded = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'isUnguarded' in state && state.isUnguarded === true;

type Question = Pick<ConfirmDialogProps, 'title' | 'text' | 'confirmText'>;

const aboutChanges: Question = {
  title: 'Leave without saving?',
  text: 'What you changed here is not saved and will be lost.',
  confirmText: 'Leave',
};

type Props = {
  isDirty: boolean;
  /** The beginning of every address of a form that has several pages; going from one to another leaves nothing. */
  within?: string;
  /** What to ask where something else than changes would be lost. */
  question?: Question;
};

/** Asks before unsaved changes are left, by link, Back, Escape or closing the tab. */
export const LeaveGuard = ({ isDirty, ...props }: Props) => (isDirty ? <Guard {...props} /> : null);

/** Only there while something is unsaved: the router heeds one guard, and a page may have a form under the one of its panel. */
const Guard = ({ within, question = aboutChanges }: Omit<Props, 'isDirty'>) => {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname &&
      !isUnguarded(nextLocation.state) &&
      !(within !== undefined && nextLocation.pathname.startsWith(within)),
  );
  useBeforeUnload((event) => event.preventDefault());
  if (blocker.state !== 'blocked') return null;
  return <ConfirmDialog {...question} onConfirm={() => blocker.proceed()} onCancel={() => blocker.reset()} />;
};
