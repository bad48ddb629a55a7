import { PrimaryButton } from '@fluentui/react';
import type { BulkResult } from '@junction/contracts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { RefusedList } from './refused-list.tsx';

/** Tells what could not be done, export by export, after the rest was. */
export const RefusedDialog = ({
  title,
  result,
  onClose,
}: {
  title: string;
  result: BulkResult;
  onClose: () => void;
}) => (
  <DialogFrame title={title} footer={<PrimaryButton text="Close" onClick={onClose} />} onDismiss={onClose}>
    <RefusedList result={result} />
  </DialogFrame>
);
