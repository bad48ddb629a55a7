import { DefaultButton, makeStyles } from '@fluentui/react';
import { Outlet, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { environmentTypeWords } from '../../lib/words.ts';
import { Card } from '../../ui/card.tsx';
import { DetailList } from '../../ui/detail-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { HooksCard } from './hooks/hooks-card.tsx';
import { OwnerForm } from './owner-form.tsx';
import { PauseCard } from './pause-card.tsx';
import { RenameForm } from './rename-form.tsx';

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(360px, 100%), 1fr))',
    gap: 16,
    alignItems: 'start',
  },
  wide: { gridColumn: '1 / -1' },
});

/** An environment's name, owner, runs, webhooks and end. */
export const SettingsPage = () => {
  const styles = useStyles();
  const environment = useEnvironment();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title="Settings"
        purpose={`What ${environment.name} is called, who owns it, whether it runs, where its notices go, and its end.`}
      />
      <div className={styles.cards}>
        <Card title="General">
          <RenameForm key={environment.id} environment={environment} />
        </Card>
        <Card
          title="Owner"
          text="The owner is an admin who always keeps their place. Ownership can be handed to another admin."
        >
          <OwnerForm key={environment.id} environment={environment} />
        </Card>
        <PauseCard environment={environment} />
        <Card title="About">
          <DetailList
            items={[
              { term: 'Type', value: environmentTypeWords[environment.type] },
              { term: 'Created', value: <RelativeTime at={environment.createdAt} /> },
              { term: 'Id', value: environment.id },
            ]}
          />
        </Card>
        <div className={styles.wide}>
          <HooksCard environment={environment} />
        </div>
        <Card
          title="Delete environment"
          text="Its connections, their secrets, its members and its activity are deleted for good."
        >
          <DefaultButton
            text="Delete environment …"
            iconProps={{ iconName: 'Delete' }}
            onClick={() => void navigate(`${paths.settings(environment.id)}/delete`)}
          />
        </Card>
      </div>
      <Outlet />
    </>
  );
};
