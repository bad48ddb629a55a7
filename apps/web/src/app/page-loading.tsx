import { Spinner, SpinnerSize } from '@fluentui/react';
import { useLater } from '../ui/use-later.ts';

/** Quick starts show nothing instead of a flash. */
const shownAfterMs = 300;

/** While the first page is on its way. */
export const PageLoading = () =>
  useLater(true, shownAfterMs) ? <Spinner size={SpinnerSize.large} label="Loading" /> : null;
