import { createSearchParams, useLocation, useNavigate, useSearchParams } from 'react-router';
import { leaveUnguarded } from './leave-guard.tsx';

type PanelState = { backTo?: string } | null;

/** Parameters that belong to a panel or dialog, not to the page under it. */
const panelParams = ['ids'];

/** Where the panel at hand was opened from; undefined when its address was opened directly. */
export const useOpenedFrom = (): string | undefined => (useLocation().state as PanelState)?.backTo;

/**
 * Opens panels over the page at `pagePath`, and closes them to where they were opened from. The page's search, filters and
 * order stay.
 */
export const usePanels = (pagePath: string) => {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const openedFrom = useOpenedFrom();

  const viewParams = () => {
    const view = createSearchParams(params);
    for (const name of panelParams) view.delete(name);
    return view;
  };
  const closed = () => ({ pathname: openedFrom ?? pagePath, search: viewParams().toString() });

  return {
    open: (path: string, extra: Record<string, string> = {}) => {
      const view = viewParams();
      for (const [name, value] of Object.entries(extra)) view.set(name, value);
      return navigate({ pathname: path, search: view.toString() }, { state: { backTo: pathname } });
    },
    /** Opens another panel in the place of the one at hand, to be closed to where that one was opened from. */
    goOn: (path: string) =>
      navigate({ pathname: path, search: viewParams().toString() }, { state: { backTo: openedFrom } }),
    /** Asks first when a form has unsaved changes. */
    close: () => navigate(closed()),
    /** For a form that is saved. */
    closeSaved: () => navigate(closed(), leaveUnguarded),
    /** For when what the panel was about is gone, and so is every panel about it. */
    closeToList: () => navigate({ pathname: pagePath, search: viewParams().toString() }, leaveUnguarded),
  };
};
