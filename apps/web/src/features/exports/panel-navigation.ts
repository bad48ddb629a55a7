import { paths } from '../../lib/paths.ts';
import { usePanels } from '../../ui/panel-navigation.ts';

/** The panes and dialogs over the Exports page. */
export const useExportPanels = (environmentId: string) => usePanels(paths.exports(environmentId));
