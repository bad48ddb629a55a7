import type { RouteObject } from 'react-router';

/** The pages of connections, below `/e/:environmentId`. */
export const connectionRoutes: RouteObject[] = [];
