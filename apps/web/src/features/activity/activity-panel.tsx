import type { ActivityEntry } from '../../lib/activity.ts';
import { ChangeList } from '../../ui/change-list.tsx';
import { exactTime } from '../../ui/dates.ts';
import { DetailList } from '../../ui/detail-list.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useViewer } from '../../ui/viewer.tsx';

/** One entry in full, with what was changed. */
export const ActivityPanel = ({ entry, onClose }: { entry: ActivityEntry; onClose: () => void }) => {
  const viewer = useViewer();
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
      {entry.changes.length > 0 ? <ChangeList changes={entry.changes} /> : <p>No values were changed.</p>}
    </SidePanel>
  );
};
