import { Link, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

/** Long enough to read a sentence twice; errors stay until dismissed. */
const shownMs = 6000;
/** Long enough to read it, decide, and reach its action with the keyboard. */
const shownWithActionMs = 30_000;
/** More than this many at once would hide the page; the oldest goes. */
const maximumShown = 4;

type Intent = 'success' | 'error' | 'info';
export type ToastAction = { text: string; onClick: () => void };
type Toast = { id: number; intent: Intent; text: string; action?: ToastAction };

/** Short messages about what just happened, read out by screen readers. */
export type Toasts = Readonly<Record<Intent, (text: string, action?: ToastAction) => void>>;

const nowhere: Toasts = { success: () => undefined, error: () => undefined, info: () => undefined };
const ToastsContext = createContext<Toasts>(nowhere);

export const useToasts = (): Toasts => useContext(ToastsContext);

const barTypes = { success: MessageBarType.success, error: MessageBarType.error, info: MessageBarType.info } as const;

const useStyles = makeStyles((theme) => ({
  host: {
    position: 'fixed',
    // Beside the navigation: at the right they would cover the buttons of a panel.
    insetInlineStart: 244,
    bottom: 16,
    width: 'min(400px, calc(100vw - 32px))',
    '@media (max-width: 639px)': { insetInlineStart: 16, bottom: 'auto', top: 56 },
    display: 'flex',
    flexDirection: 'column',
    gap: 8,
    zIndex: 1_000_100,
    pointerEvents: 'none',
  },
  action: { marginInlineStart: 8, fontWeight: 600 },
  toast: {
    pointerEvents: 'auto',
    border: `1px solid ${theme.palette.neutralQuaternaryAlt}`,
    borderRadius: 4,
    boxShadow: theme.effects.elevation16,
    overflow: 'hidden',
  },
}));

/** Gives the focus of a toast that goes back to where it came from, or to the page; else it would fall to the document's start. */
const returnFocus = (origin: Element | null) =>
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const target = origin?.isConnected ? origin : document.getElementById('content');
    if (target instanceof HTMLElement) target.focus();
  });

/** Fluent makes a landmark without a name of each bar that can be dismissed; two of them could not be told apart. */
const asGroup = (bar: HTMLDivElement | null) => bar?.setAttribute('role', 'group');

/**
 * Shows toasts at the lower left (on a phone below the header), above panels and dialogs. Two live regions are always in the page, because a region
 * that comes together with its text is not read out: a polite one, and an assertive one for errors.
 */
export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const host = useRef<HTMLElement>(null);
  /** What had the focus before the toasts got it. */
  const origin = useRef<Element | null>(null);
  const styles = useStyles();
  useEffect(() => {
    const started = timers.current;
    return () => {
      for (const timer of started.values()) clearTimeout(timer);
    };
  }, []);

  const dismiss = (id: number) => setShown((before) => before.filter((toast) => toast.id !== id));
  /** Somebody sends it away, with the focus in it. */
  const close = (id: number) => {
    dismiss(id);
    returnFocus(origin.current);
  };
  const hold = (id: number) => clearTimeout(timers.current.get(id));
  const release = ({ id, intent, action }: Pick<Toast, 'id' | 'intent' | 'action'>) => {
    if (intent === 'error') return;
    hold(id);
    timers.current.set(
      id,
      setTimeout(() => dismiss(id), action === undefined ? shownMs : shownWithActionMs),
    );
  };
  /** The pointer has gone, or the focus: it stays while the other is still there. */
  const releaseUnlessHeld = (toast: Toast, element: HTMLElement) => {
    if (!element.matches(':hover') && !element.contains(document.activeElement)) release(toast);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: everything it uses is a ref or a state setter
  const toasts = useMemo<Toasts>(() => {
    const show = (intent: Intent) => (text: string, action?: ToastAction) => {
      const toast: Toast = { id: nextId.current++, intent, text, action };
      setShown((before) => [...before, toast].slice(-maximumShown));
      release(toast);
    };
    return { success: show('success'), error: show('error'), info: show('info') };
  }, []);

  const render = (toast: Toast) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a message or tabbing into it keeps it on screen
    <div
      key={toast.id}
      className={styles.toast}
      onMouseEnter={() => hold(toast.id)}
      onMouseLeave={({ currentTarget }) => releaseUnlessHeld(toast, currentTarget)}
      onFocus={({ relatedTarget }) => {
        hold(toast.id);
        if (!host.current?.contains(relatedTarget)) origin.current = relatedTarget;
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) releaseUnlessHeld(toast, currentTarget);
      }}
    >
      <MessageBar
        ref={asGroup}
        role="none"
        messageBarType={barTypes[toast.intent]}
        isMultiline
        delayedRender={false}
        onDismiss={() => close(toast.id)}
        dismissButtonAriaLabel="Dismiss message"
      >
        {toast.text}
        {toast.action && (
          <Link
            className={styles.action}
            onClick={() => {
              toast.action?.onClick();
              close(toast.id);
            }}
          >
            {toast.action.text}
          </Link>
        )}
      </MessageBar>
    </div>
  );

  return (
    <ToastsContext value={toasts}>
      {children}
      <section ref={host} className={styles.host} aria-label="Messages">
        <div aria-live="polite">{shown.filter(({ intent }) => intent !== 'error').map(render)}</div>
        <div aria-live="assertive">{shown.filter(({ intent }) => intent === 'error').map(render)}</div>
      </section>
    </ToastsContext>
  );
};
