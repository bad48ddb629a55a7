import type { Theme as FluentTheme } from '@fluentui/react';
import type { Theme } from '@junction/contracts';
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { darkTheme, highContrastTheme, lightTheme } from '../ui/themes.ts';
import { useIsPrinting } from '../ui/use-printing.ts';

const darkSystem = () => window.matchMedia('(prefers-color-scheme: dark)');

const subscribe = (listener: () => void) => {
  const query = darkSystem();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Fluent's theme for what the person chose; `system` follows the system as it changes. Paper is always light. */
export const useTheme = (choice: Theme): FluentTheme => {
  const isDarkSystem = useSyncExternalStore(subscribe, () => darkSystem().matches);
  const isPrinting = useIsPrinting();
  const onScreen = choice === 'system' ? (isDarkSystem ? 'dark' : 'light') : choice;
  const chosen = isPrinting ? 'light' : onScreen;
  useLayoutEffect(() => {
    // Scroll bars and other parts that the browser draws.
    document.documentElement.style.colorScheme = chosen === 'light' ? 'light' : 'dark';
  }, [chosen]);
  return { light: lightTheme, dark: darkTheme, highContrast: highContrastTheme }[chosen];
};
