import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { keepProviderResponse } from '../lib/provider-response.ts';
import { makeQueryClient } from '../lib/query-client.ts';
import { registerJunctionIcons } from '../ui/icons.tsx';
import { App } from './app.tsx';
import { leaveWhenSessionEnds } from './leave-when-session-ends.ts';
import { makeRoutes } from './routes.tsx';

// A page of an older build asks for files that the newer one no longer has; a reload brings the newer page.
window.addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  window.location.reload();
});

keepProviderResponse();
registerJunctionIcons();
const queryClient = makeQueryClient();
const router = createBrowserRouter(makeRoutes(queryClient));
leaveWhenSessionEnds(router);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
// The router reports what its error pages catch; React would report it a second time.
createRoot(root, { onCaughtError: () => undefined }).render(
  <StrictMode>
    <App router={router} queryClient={queryClient} />
  </StrictMode>,
);
