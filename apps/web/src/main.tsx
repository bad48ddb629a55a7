// First, because Fluent reads it while its own modules load.
import './app/fabric-config.ts';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { App } from './app/app.tsx';
import { leaveWhenSessionEnds } from './app/leave-when-session-ends.ts';
import { makeRoutes } from './app/routes.tsx';
import { makeQueryClient } from './lib/query-client.ts';
import { registerJunctionIcons } from './ui/icons.tsx';

registerJunctionIcons();
const queryClient = makeQueryClient();
const router = createBrowserRouter(makeRoutes(queryClient));
leaveWhenSessionEnds(router, queryClient);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App router={router} queryClient={queryClient} />
  </StrictMode>,
);
