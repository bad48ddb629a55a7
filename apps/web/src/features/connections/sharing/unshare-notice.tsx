import { MessageBar, MessageBarType } from '@fluentui/react';
import type { Connection, SharingView } from '@junction/contracts';
import { joinAudiences, unshareSentence, whoLosesUse } from './sharing.ts';

/** What becomes of exports when connections are shared with fewer people than now; nothing while nobody loses them. */
export const UnshareNotice = ({
  connections,
  sharing,
}: {
  connections: readonly Pick<Connection, 'sharing' | 'usedBy'>[];
  sharing: SharingView;
}) => {
  const losing = connections.flatMap((connection) => {
    const who = whoLosesUse(connection.sharing, sharing);
    return who === undefined ? [] : [{ who, usedBy: connection.usedBy }];
  });
  const exports = losing.reduce((sum, { usedBy }) => sum + usedBy, 0);
  return (
    <div role="status">
      {losing.length > 0 && (
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
