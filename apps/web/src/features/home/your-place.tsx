import type { Environment } from '@junction/contracts';
import { roleHelp, roleWords } from '../../lib/words.ts';
import { Card } from '../../ui/card.tsx';

/** What one's role is for, and who can change it. */
export const YourPlace = ({ environment }: { environment: Environment }) => (
  <Card title={`You are a ${roleWords[environment.role].toLowerCase()} here`} text={roleHelp[environment.role]}>
    <p>
      Connections, and with them where data may go, are managed by the admins of this environment. To have one set up,
      or for another role, ask its owner: <strong>{environment.owner.name}</strong>.
    </p>
  </Card>
);
