import type { Activity } from '@junction/contracts';
import { describeActivity } from '../../lib/activity.ts';
import { ChangeList } from '../../ui/change-list.tsx';
import { exactTime } from '../../ui/dates.ts';
import { DetailList } from '../../ui/detail-list.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useViewer } from '../../ui/viewer.tsx';
import { changesOf } from './changes.ts';
import { UndoRemoval } from './undo-removal.tsx';

type Props = { environmentId: string; activity: Activity; onClose: () => void };

/** One entry in full, with what was changed. */
export const ActivityPanel = ({ environmentId, activity, onClose }: Props) => {
  const viewer = useViewer();
  const entry = describeActivity(activity);
  const changes = changesOf(activity, viewer);
  const { kind, subject } = activity;
  return (
    <SidePanel title={entry.what} size="details" onClose={onClose}>
      <DetailList
        items={[
          { term: 'Who', value: entry.who },
          { term: 'On what', value: entry.on },
          { term: 'When', value: exactTime(entry.at, viewer) },
          { term: 'From', value: entry.from },
        ]}
      />
      {kind === 'connection.deleted' && subject.id !== null && (
        <UndoRemoval environmentId={environmentId} connectionId={subject.id} />
      )}
      {changes.length > 0 ? <ChangeList changes={changes} /> : <p>No values were changed.</p>}
    </SidePanel>
  );
};
