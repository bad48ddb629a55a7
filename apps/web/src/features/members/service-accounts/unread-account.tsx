import { Spinner } from '@fluentui/react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';

type Props = { isGone: boolean; error: unknown; onRetry: () => void; onClose: () => void };

/** The panel of a service account that is not read yet, cannot be, or is gone. */
export const UnreadAccount = ({ isGone, error, onRetry, onClose }: Props) => (
  <SidePanel title="Service account" onClose={onClose}>
    {isGone ? (
      <EmptyState icon="Search" title="This service account is gone" text="Somebody may have removed it." />
    ) : error === null ? (
      <Spinner label="Loading" />
    ) : (
      <ErrorState error={error} onRetry={onRetry} />
    )}
  </SidePanel>
);
