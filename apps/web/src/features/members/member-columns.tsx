import { Link as FluentLink } from '@fluentui/react';
import type { Member } from '@junction/contracts';
import { Link, type To } from 'react-router';
import { roleWords } from '../../lib/words.ts';
import { TwoLines } from '../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../ui/data-table/columns.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { roleFromWords } from './role-from-words.ts';

const roleFromColumn: Column<Member> = {
  key: 'roleFrom',
  title: 'Role from',
  minWidth: 110,
  leavesAt: 4,
  render: roleFromWords,
};

/** Whether somebody has signed in; if not, what is still to come. */
const accountWords = ({ hasSignedIn }: Member, hasPasswords: boolean): string =>
  hasSignedIn ? 'Active' : hasPasswords ? 'Link not used yet' : 'Not signed in yet';

type Options = {
  addressOf: (member: Member) => To;
  /** Whether to say of each role if it was given by hand or follows a group. */
  tellsRoleFrom: boolean;
  /** Whether who is new gets a link to set a password with. */
  hasPasswords: boolean;
};

/** Name, e-mail, role and where it comes from, whether they have signed in, since when they belong here. */
export const memberColumns = ({ addressOf, tellsRoleFrom, hasPasswords }: Options): Column<Member>[] => [
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
  {
    key: 'email',
    title: 'E-mail',
    sortBy: 'email',
    minWidth: 180,
    goodWidth: 230,
    leavesAt: 1,
    render: (member) => member.email,
  },
  {
    key: 'role',
    title: 'Role',
    sortBy: 'role',
    minWidth: 90,
    render: (member) => (member.isOwner ? `${roleWords[member.role]}, owner` : roleWords[member.role]),
  },
  ...(tellsRoleFrom ? [roleFromColumn] : []),
  {
    key: 'state',
    title: 'Account',
    minWidth: 110,
    leavesAt: 3,
    render: (member) => accountWords(member, hasPasswords),
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
