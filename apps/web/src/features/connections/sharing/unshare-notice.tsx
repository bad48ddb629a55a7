import { MessageBar, MessageBarType } from '@fluentui/react';
import type { Connection, SharingView } from '@junction/contracts';
import { useQueries } from '@tanstack/react-query';
import { usageQuery } from '../api.ts';
import { joinAudiences, unshareSentence, whoLosesUse } from './sharing.ts';

/** What becomes of exports when connections are shared with fewer people than now; nothing while nobody loses them. */
export const UnshareNotice = ({
  connections,
  sharing,
}: {
  connections: readonly Pick<Connection, 'id' | 'environmentId' | 'sharing' | 'usedBy'>[];
  sharing: SharingView;
}) => {
  const losing = connections.flatMap((connection) => {
    const who = whoLosesUse(connection.sharing, sharing);
    return who === undefined ? [] : [{ who, connection }];
  });
  // Who only reads from a connection does not use it: only what writes to it counts. Of what is not used nothing is asked.
  const used = losing.filter(({ connection }) => connection.usedBy > 0);
  const usages = useQueries({
    queries: used.map(({ connection }) => usageQuery(connection.environmentId, connection.id)),
  });
  const isCounting = usages.some(({ isPending }) => isPending);
  const exports = usages.reduce<number | undefined>(
    (sum, { data }) => (sum === undefined || data === undefined ? undefined : sum + data.counts.writes),
    0,
  );
  return (
    <div role="status">
      {losing.length > 0 && !isCounting && (
        <MessageBar
          messageBarType={MessageBarType.warning}
          isMultiline
          delayedRender={false}
          styles={{ root: { marginTop: 8 } }}
        >
          {unshareSentence(exports, joinAudiences(losing.map(({ who }) => who)), losing.length)}
        </MessageBar>
      )}
    </div>
  );
};
