import { Spinner } from '@fluentui/react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';

type Props = { isGone: boolean; error: unknown; onRetry: () => void };

/** What a panel shows of a service account that is not read yet, cannot be, or is gone. */
export const UnreadAccount = ({ isGone, error, onRetry }: Props) =>
  isGone ? (
    <EmptyState icon="Search" title="This service account is gone" text="Somebody may have removed it." />
  ) : error === null ? (
    <Spinner label="Loading" />
  ) : (
    <ErrorState error={error} onRetry={onRetry} />
  );
