import { ThemeProvider } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from 'react-router';
import { meQuery } from '../lib/session.ts';
import { ToastProvider } from '../ui/toasts.tsx';
import { ViewerProvider } from '../ui/viewer.tsx';
import { useTheme } from './use-theme.ts';

/** What surrounds every page: the theme, the viewer's time zone, and the place where toasts appear. */
export const Root = () => {
  // Only what a loader has read; before sign-in there is nobody, and the system's theme.
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const theme = useTheme(me?.theme ?? 'system');
  return (
    <ThemeProvider theme={theme} applyTo="body">
      <ViewerProvider viewer={{ timeZone: me?.timeZone, locale: undefined }}>
        <ToastProvider>
          <Outlet />
        </ToastProvider>
      </ViewerProvider>
    </ThemeProvider>
  );
};
