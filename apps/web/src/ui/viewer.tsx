import { createContext, type ReactNode, useContext } from 'react';

/** How the person at the screen wants dates: their time zone (IANA) and locale (BCP 47; undefined: the browser's). */
export type Viewer = { timeZone: string | undefined; locale: string | undefined };

const ViewerContext = createContext<Viewer>({ timeZone: undefined, locale: undefined });

export const ViewerProvider = ({ viewer, children }: { viewer: Viewer; children: ReactNode }) => (
  <ViewerContext value={viewer}>{children}</ViewerContext>
);

export const useViewer = (): Viewer => useContext(ViewerContext);
