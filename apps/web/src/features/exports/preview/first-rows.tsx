import { DefaultButton, Dropdown, MessageBar, makeStyles, Spinner } from '@fluentui/react';
import type { Export, Preview } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../../lib/paths.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { previewQuery } from '../api.ts';
import { useExportPanels } from '../panel-navigation.ts';
import { PreviewTable } from './preview-table.tsx';

const useStyles = makeStyles((theme) => ({
  head: { display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'flex-end' },
  entity: { flex: '1 1 200px', maxWidth: 320 },
  note: { margin: 0, color: theme.semanticColors.bodySubtext },
}));

type Props = { of: Export; entityId: string };

/** Reads and shows the first rows of one of the entities of an export. */
export const FirstRows = ({ of, entityId }: Props) => {
  const styles = useStyles();
  const { goOn } = useExportPanels(of.environmentId);
  const { data, error, isFetching, refetch } = useQuery(previewQuery(of.environmentId, of.id, entityId));
  return (
    <>
      <div className={styles.head}>
        <Dropdown
          className={styles.entity}
          label="Entity"
          options={of.entities
            .filter(({ mayPreview }) => mayPreview)
            .map((entity) => ({ key: entity.entityId, text: entity.name }))}
          selectedKey={entityId}
          onChange={(_, option) => option && void goOn(paths.preview(of.environmentId, of.id, String(option.key)))}
        />
        <DefaultButton text="Read again" disabled={isFetching} allowDisabledFocus onClick={() => void refetch()} />
      </div>
      {isFetching ? (
        <Spinner label="Reading the first rows" />
      ) : error !== null || data === undefined ? (
        <ErrorState title="The rows could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Rows preview={data} />
      )}
    </>
  );
};

const Rows = ({ preview }: { preview: Preview }) => {
  const styles = useStyles();
  const { rows, isPartial } = preview;
  if (rows.length === 0 && !isPartial) return <p className={styles.note}>No row matches.</p>;
  return (
    <>
      {isPartial && (
        <MessageBar isMultiline delayedRender={false}>
          Only the beginning of the source was read.{' '}
          {rows.length === 0
            ? 'No row of it matches; further on there may be some.'
            : 'Further on there may be more rows that match.'}
        </MessageBar>
      )}
      {rows.length > 0 && <PreviewTable preview={preview} />}
    </>
  );
};
