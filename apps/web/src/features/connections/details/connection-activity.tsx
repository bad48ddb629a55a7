import { Shimmer, Text } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { activityPages, describeActivity } from '../../../lib/activity.ts';
import { ActivityList } from '../../../ui/activity-list.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';

/** Entries shown here; the Activity page has them all. */
const entriesAtMost = 10;

/** What happened to a connection of late. */
export const ConnectionActivity = ({ connection: { environmentId, id, name } }: { connection: Connection }) => {
  const { data, error, refetch } = useInfiniteQuery(
    activityPages(environmentId, [{ field: 'subjectId', operator: 'in', values: [id] }]),
  );
  if (data === undefined)
    return error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The activity could not be loaded" error={error} onRetry={() => refetch()} />
    );
  if (data.length === 0) return <Text>Nothing has happened yet.</Text>;
  return <ActivityList label={`Activity of ${name}`} entries={data.slice(0, entriesAtMost).map(describeActivity)} />;
};
