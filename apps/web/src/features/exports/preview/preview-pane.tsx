import { Spinner } from '@fluentui/react';
import { previewRows } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useEnvironment } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { exportQuery } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { may } from '../rights.ts';
import { UnreadExport } from '../unread-export.tsx';
import { FirstRows } from './first-rows.tsx';

/** The first rows of the entity that the address names, as they would be written, for whoever may run the export and see the rows. */
export const PreviewPane = () => {
  const { exportId = '', entityId = '' } = useParams();
  const environment = useEnvironment();
  const { close } = useExportPanels(environment.id);
  const { data, error, refetch } = useQuery(exportQuery(environment.id, exportId));
  const pane = (children: ReactNode) => (
    <SidePanel
      title={data === undefined ? 'Preview' : `Preview of ${data.name}`}
      subtitle={`The first ${previewRows} rows as they would be written. They are kept nowhere.`}
      size="wide"
      onClose={() => void close()}
    >
      {children}
    </SidePanel>
  );
  if (data === undefined)
    return pane(
      error === null ? <Spinner label="Loading the export" /> : <UnreadExport error={error} onRetry={refetch} />,
    );
  const hidden = data.entities.find((entity) => entity.entityId === entityId && !entity.mayPreview);
  const mayRun = may(environment.role, data, 'run');
  if (mayRun && hidden === undefined) return pane(<FirstRows of={data} entityId={entityId} />);
  return pane(
    <EmptyState
      icon="RedEye"
      title={mayRun ? 'A preview shows profile data' : 'A preview shows data'}
      text={
        mayRun
          ? `It is for those who were given access to the profile data of ${hidden?.source.name}. An admin can do that; running needs no access.`
          : 'It is for those who may run the export, and while it has a connection.'
      }
      action={{ text: 'Close', onClick: () => void close() }}
    />,
  );
};
