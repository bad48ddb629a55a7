import { useEnvironment } from '../../../lib/session.ts';
import { exportCount } from '../../../lib/words.ts';
import { useRemoveExports } from '../api.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { Names } from './names.tsx';

/** Asks before the exports that the address names are removed. */
export const RemoveExportsDialog = () => {
  const { id: environmentId } = useEnvironment();
  const { mutateAsync } = useRemoveExports(environmentId);
  return (
    <BulkDialog
      deed="remove"
      send={(exportIds) => mutateAsync({ params: { environmentId }, body: { exportIds } })}
      titleOf={(rows) => (rows.length === 1 ? `Remove ${rows[0]?.name}?` : `Remove ${exportCount(rows.length)}?`)}
      consequencesOf={(rows) => [
        ...(rows.length === 1
          ? []
          : [
              <>
                These are removed: <Names key="names" rows={rows} />
              </>,
            ]),
        `${rows.length === 1 ? 'It does' : 'They do'} not run any more, and ${rows.length === 1 ? 'its' : 'their'} definition is gone. This cannot be undone.`,
        `What ${rows.length === 1 ? 'it has' : 'they have'} written stays where it is.`,
      ]}
      confirmTextOf={(rows) => (rows.length === 1 ? 'Remove' : `Remove ${exportCount(rows.length)}`)}
      doneWords={(rows) =>
        rows.length === 1 ? `${rows[0]?.name} is removed.` : `${exportCount(rows.length)} are removed.`
      }
      refusedTitle="Not all exports are removed"
      isGone
    />
  );
};
