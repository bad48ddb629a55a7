import type { ExportRow } from '@junction/contracts';
import type { ReactNode } from 'react';
import { useEnvironment } from '../../../lib/session.ts';
import { exportCount, someNames } from '../../../lib/words.ts';
import { useDetachExports } from '../api.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { Names } from './names.tsx';

/** Asks before the exports that the address names lose their connections. */
export const DetachExportsDialog = () => {
  const { id: environmentId } = useEnvironment();
  const { mutateAsync } = useDetachExports(environmentId);
  return (
    <BulkDialog
      deed="detach"
      send={(exportIds) => mutateAsync({ params: { environmentId }, body: { exportIds } })}
      titleOf={(rows) =>
        rows.length === 1
          ? `Detach ${rows[0]?.name} from its connection?`
          : `Detach ${exportCount(rows.length)} from their connections?`
      }
      consequencesOf={consequencesOf}
      confirmTextOf={(rows) => (rows.length === 1 ? 'Detach connection' : `Detach ${exportCount(rows.length)}`)}
      doneWords={(rows) =>
        rows.length === 1
          ? `${rows[0]?.name} is detached, and inactive now.`
          : `${exportCount(rows.length)} are detached, and inactive now.`
      }
      refusedTitle="Not all exports are detached"
      isDangerous={false}
    />
  );
};

const consequencesOf = (rows: readonly ExportRow[]): ReactNode[] => {
  const names = [...new Set(rows.flatMap(({ connection }) => connection?.name ?? []))];
  const those = names.length === 1 ? 'that connection' : 'those connections';
  return rows.length === 1
    ? [
        'It becomes inactive: it does not run until it is connected again. Its definition and schedule stay.',
        `It remembers ${someNames(names)}: whoever may use ${those} can connect it again.`,
      ]
    : [
        <>
          These are detached: <Names key="names" rows={rows} />
        </>,
        'They become inactive: they do not run until they are connected again. Their definitions and schedules stay.',
        `They remember ${someNames(names)}: whoever may use ${those} can connect them again.`,
      ];
};
