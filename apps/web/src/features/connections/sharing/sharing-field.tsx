import type { Connection } from '@junction/contracts';
import { type Control, useController } from 'react-hook-form';
import { useEnvironment } from '../../../lib/session.ts';
import type { FormValues } from '../form/form-values.ts';
import { SharingInput } from './sharing-input.tsx';
import { UnshareNotice } from './unshare-notice.tsx';

type Props = {
  control: Control<FormValues>;
  /** The saved connection that is being edited. */
  original?: Connection;
  isDisabled: boolean;
};

/** Who can use the connection of the form; says before it is saved what becomes of exports when fewer can. */
export const SharingField = ({ control, original, isDisabled }: Props) => {
  const { id: environmentId } = useEnvironment();
  const { field, fieldState } = useController({ control, name: 'sharing' });
  return (
    <div>
      <SharingInput
        environmentId={environmentId}
        label="Choose who can use this connection"
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        isDisabled={isDisabled}
        error={fieldState.error?.message}
      />
      {original !== undefined && <UnshareNotice connections={[original]} sharing={field.value} />}
    </div>
  );
};
