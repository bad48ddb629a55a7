import { paths } from '../../lib/paths.ts';
import { usePanels } from '../../ui/panel-navigation.ts';

/** The panels and dialogs over the Connections page. */
export const usePanelNavigation = (environmentId: string) => usePanels(paths.connections(environmentId));
