import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import type { Connection } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../../lib/paths.ts';
import { useMe } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { profileAccessQuery } from './api.ts';
import { ReaderList } from './reader-list.tsx';
import { WhoLooked } from './who-looked.tsx';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  text: { margin: 0, lineHeight: '20px', color: theme.semanticColors.bodySubtext },
}));

type Props = { connection: Pick<Connection, 'id' | 'environmentId'> };

/** Who may see the profile data of a connection, since when and by whom, and who looked. */
export const ProfileAccessSection = ({ connection: { id: connectionId, environmentId } }: Props) => {
  const styles = useStyles();
  const me = useMe();
  const { open } = usePanels(paths.connection(environmentId, connectionId));
  const { data, error, refetch } = useQuery(profileAccessQuery(environmentId, connectionId));
  return (
    <Section title="Access to profile data">
      <div className={styles.root}>
        <p className={styles.text}>
          Only these people see the report and the customers’ data: no role brings it along, an admin’s neither.
        </p>
        {data === undefined ? (
          error === null ? (
            <Shimmer />
          ) : (
            <ErrorState title="The people could not be loaded" error={error} onRetry={() => void refetch()} />
          )
        ) : data.value.length === 0 ? (
          <p className={styles.text}>Nobody can see it at the moment.</p>
        ) : (
          <ReaderList
            label="People with access to profile data"
            ownEmail={me.email}
            people={data.value.map(({ person, grantedAt, grantedBy }) => ({
              ...person,
              note: (
                <>
                  Since <RelativeTime at={grantedAt} />, by {grantedBy.id === person.id ? 'themself' : grantedBy.name}
                </>
              ),
              onRemove: () => void open(paths.removeProfileAccess(environmentId, connectionId, person.id)),
            }))}
          />
        )}
        <div>
          <DefaultButton
            text="Add people"
            iconProps={{ iconName: 'PersonAdd' }}
            onClick={() => void open(paths.addProfileAccess(environmentId, connectionId))}
          />
        </div>
        <WhoLooked environmentId={environmentId} connectionId={connectionId} />
      </div>
    </Section>
  );
};
