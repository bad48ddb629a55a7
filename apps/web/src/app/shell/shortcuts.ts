import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { remembered } from '../../lib/remembered.ts';
import { useCurrentEnvironment } from './use-current-environment.ts';

/** What the dialog lists. Keys that stand side by side are pressed one after the other. */
export const shortcuts: readonly { keys: readonly string[]; text: string }[] = [
  { keys: ['?'], text: 'Show this list' },
  { keys: ['/'], text: 'Search on this page' },
  { keys: ['['], text: 'Collapse or expand the navigation' },
  { keys: ['g', 'h'], text: 'Go to Home' },
  { keys: ['g', 's'], text: 'Go to Status' },
  { keys: ['g', 'c'], text: 'Go to Connections' },
  { keys: ['g', 'm'], text: 'Go to Members' },
  { keys: ['g', 'a'], text: 'Go to Activity' },
  { keys: ['Esc'], text: 'Close a panel or dialog, or clear the selection' },
];

const destinations: Readonly<Record<string, (environmentId: string) => string>> = {
  h: paths.environment,
  s: paths.status,
  c: paths.connections,
  m: paths.members,
  a: paths.activity,
};

/** Two keys belong together when the second comes within this time. */
const sequenceMs = 1200;

/** Speech input and stray hands set off single keys, so they can be turned off (WCAG 2.1.4). */
export const shortcutsPreference = remembered('shortcuts');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], [role="listbox"], [role="menu"]') !== null;

const isUnderDialog = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** Listens for the single-key shortcuts while nothing is being typed and no dialog is open. */
export const useShortcuts = (handlers: { onHelp: () => void; onToggleNavigation: () => void }): void => {
  const navigate = useNavigate();
  const environment = useCurrentEnvironment();
  const onKey = useEffectEvent((key: string, isSecond: boolean): boolean => {
    if (isSecond) {
      const destination = destinations[key];
      if (destination && environment) void navigate(destination(environment.id));
      return destination !== undefined;
    }
    if (key === '?') handlers.onHelp();
    else if (key === '[') handlers.onToggleNavigation();
    else if (key === '/') document.querySelector<HTMLElement>('main [role="search"] input')?.focus();
    else return false;
    return true;
  });
  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || isUnderDialog() || shortcutsPreference.get() === 'off') return;
      const isSecond = event.timeStamp - startedAt < sequenceMs;
      startedAt = !isSecond && event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (onKey(event.key, isSecond)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
