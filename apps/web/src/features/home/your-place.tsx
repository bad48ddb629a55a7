import { Link as FluentLink, makeStyles } from '@fluentui/react';
import type { Environment, Role } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { roleWords } from '../../lib/words.ts';
import { Card } from '../../ui/card.tsx';
import { usableConnectionsQuery } from './api.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 8 } },
});

/** What a role is for, to whom has it. */
const purposeOf: Readonly<Record<Role, string>> = {
  viewer: 'You see what is shared with you; you change nothing.',
  contributor: 'You decide what is exported and how often, over connections that admins share with you.',
  admin: 'You manage connections, members and the environment itself.',
};

/** What one's role is for, what to do next, and who can change it. */
export const YourPlace = ({ environment }: { environment: Environment }) => {
  const styles = useStyles();
  const { id, role, owner } = environment;
  return (
    <Card title={`You are a ${roleWords[role].toLowerCase()} here`} text={purposeOf[role]}>
      <ul className={styles.list}>
        {role === 'contributor' ? (
          <ContributorSteps environmentId={id} />
        ) : (
          <li>
            <FluentLink as={Link} underline to={paths.exports(id)}>
              Look at the exports
            </FluentLink>
            : what is sent where, how often, and whether it works.
          </li>
        )}
        <li>
          Connections, and with them where data may go, are managed by the admins. To have one set up or shared with
          you, or for another role, ask the owner of this environment: <strong>{owner.name}</strong>.
        </li>
      </ul>
    </Card>
  );
};

const ContributorSteps = ({ environmentId }: { environmentId: string }) => {
  const usable = useQuery(usableConnectionsQuery(environmentId)).data;
  if (usable?.value.length === 0)
    return <li>No connection is shared with you yet. Once one is, you can define exports over it.</li>;
  return (
    <li>
      <FluentLink as={Link} underline to={paths.newExport(environmentId)}>
        Add an export
      </FluentLink>
      : choose a connection that is shared with you, what to send over it, and how often. The exports over such a
      connection are yours to change.
    </li>
  );
};
