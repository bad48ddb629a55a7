import { Link as FluentLink } from '@fluentui/react';
import type { Member } from '@junction/contracts';
import { Link, type To } from 'react-router';
import { roleWords } from '../../lib/words.ts';
import { TwoLines } from '../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../ui/data-table/columns.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Name, e-mail, role, whether they have signed in, since when they belong here. */
export const memberColumns = (addressOf: (member: Member) => To): Column<Member>[] => [
  {
    key: 'name',
    title: 'Name',
    sortBy: 'name',
    minWidth: 140,
    render: (member) => (
      <TwoLines>
        <FluentLink as={Link} to={addressOf(member)}>
          {member.name || member.email}
        </FluentLink>
      </TwoLines>
    ),
  },
  { key: 'email', title: 'E-mail', sortBy: 'email', minWidth: 180, leavesAt: 1, render: (member) => member.email },
  {
    key: 'role',
    title: 'Role',
    sortBy: 'role',
    minWidth: 90,
    render: (member) => (member.isOwner ? `${roleWords[member.role]}, owner` : roleWords[member.role]),
  },
  {
    key: 'state',
    title: 'Account',
    minWidth: 110,
    leavesAt: 3,
    render: (member) => (member.hasSignedIn ? 'Active' : 'Link not used yet'),
  },
  {
    key: 'addedAt',
    title: 'Added',
    sortBy: 'addedAt',
    minWidth: 100,
    leavesAt: 2,
    render: (member) => <RelativeTime at={member.addedAt} />,
  },
];
