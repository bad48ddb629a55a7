import { PrimaryButton } from '@fluentui/react';
import type { BulkResult } from '@junction/contracts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { RefusedList } from './refused-list.tsx';

/** The same as RefusedDialog in the place of a pane that was about several exports. */
export const RefusedPane = ({ title, result, onClose }: { title: string; result: BulkResult; onClose: () => void }) => (
  <SidePanel title={title} onClose={onClose} footer={<PrimaryButton text="Close" onClick={onClose} />}>
    <RefusedList result={result} />
  </SidePanel>
);
