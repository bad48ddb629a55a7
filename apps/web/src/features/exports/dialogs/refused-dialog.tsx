import { Dialog, DialogFooter, DialogType, PrimaryButton } from '@fluentui/react';
import type { BulkResult } from '@junction/contracts';
import { useFocusReturn } from '../../../ui/use-focus-return.ts';
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
}) => {
  useFocusReturn();
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      minWidth={320}
      maxWidth={480}
      styles={{ main: { minHeight: 0 } }}
      dialogContentProps={{ type: DialogType.normal, title, closeButtonAriaLabel: 'Close' }}
    >
      <RefusedList result={result} />
      <DialogFooter>
        <PrimaryButton text="Close" onClick={onClose} />
      </DialogFooter>
    </Dialog>
  );
};
