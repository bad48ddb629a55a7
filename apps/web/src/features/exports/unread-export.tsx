import { useEnvironment } from '../../lib/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isNoSuchExport } from './api.ts';
import { useExportPanels } from './panel-navigation.ts';

/** What stands in place of an export that could not be read: trying again helps only where there may be one. */
export const UnreadExport = ({ error, onRetry }: { error: unknown; onRetry: () => unknown }) => {
  const { closeToList } = useExportPanels(useEnvironment().id);
  if (!isNoSuchExport(error)) return <ErrorState error={error} onRetry={() => void onRetry()} />;
  return (
    <EmptyState
      icon="Search"
      title="There is no such export any more."
      text="It was removed, or the address is not that of an export."
      action={{ text: 'Show the list of exports', onClick: () => void closeToList() }}
    />
  );
};
