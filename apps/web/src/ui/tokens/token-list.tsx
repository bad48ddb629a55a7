import type { IContextualMenuItem } from '@fluentui/react';
import type { ApiToken } from '@junction/contracts';
import { beginningOf, scopeInWords } from '../../lib/token-words.ts';
import { dangerMenuItem } from '../danger-menu-item.ts';
import { NarrowLines, OneLine, Stacked, TwoLines } from '../data-table/cell-lines.tsx';
import type { Column } from '../data-table/columns.ts';
import { DataTable, type ListState } from '../data-table/data-table.tsx';
import type { EmptyStateProps } from '../empty-state.tsx';
import { PanelLink } from '../panel-link.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { ExpiryBadge, TokenExpiry } from './token-expiry.tsx';

type Props = {
  label: string;
  list: ListState<ApiToken>;
  /** Where the details of a token are. */
  pathOf: (token: ApiToken) => string;
  onOpen: (token: ApiToken) => void;
  onRevoke: (token: ApiToken) => void;
  empty: EmptyStateProps;
};

/** Tokens, newest first: what each may do, when it ends and when it was last used. */
export const TokenList = ({ label, list, pathOf, onOpen, onRevoke, empty }: Props) => (
  <DataTable
    label={label}
    list={list}
    columns={columnsOf(pathOf)}
    keyOf={({ id }) => id}
    nameOf={({ name }) => name}
    onOpen={onOpen}
    rowActions={(token): IContextualMenuItem[] => [
      { key: 'details', text: 'Details', iconProps: { iconName: 'Info' }, onClick: () => onOpen(token) },
      {
        key: 'revoke',
        text: 'Revoke',
        iconProps: { iconName: 'Delete' },
        ...dangerMenuItem,
        onClick: () => onRevoke(token),
      },
    ]}
    narrowText={(token, hidden) => (
      <NarrowLines>
        {hidden.has('scope') && <OneLine>{scopeInWords(token.scope)}</OneLine>}
        {hidden.has('lastUsedAt') && (
          <span>
            {token.lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Used <RelativeTime at={token.lastUsedAt} />
              </>
            )}
          </span>
        )}
        {hidden.has('expiresAt') && <ExpiryBadge token={token} />}
      </NarrowLines>
    )}
    empty={empty}
  />
);

const columnsOf = (pathOf: Props['pathOf']): readonly Column<ApiToken>[] => [
  {
    key: 'name',
    title: 'Name',
    minWidth: 160,
    render: (token) => (
      <Stacked first={<PanelLink path={pathOf(token)}>{token.name}</PanelLink>} second={beginningOf(token)} />
    ),
  },
  { key: 'scope', title: 'It may', minWidth: 160, leavesAt: 2, render: ({ scope }) => scopeInWords(scope) },
  {
    key: 'createdAt',
    title: 'Created',
    minWidth: 100,
    leavesAt: 4,
    render: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  { key: 'expiresAt', title: 'Expires', minWidth: 140, leavesAt: 1, render: (token) => <TokenExpiry token={token} /> },
  {
    key: 'lastUsedAt',
    title: 'Last used',
    minWidth: 130,
    leavesAt: 3,
    render: ({ lastUsedAt, lastUsedFrom }) =>
      lastUsedAt === null ? (
        <TwoLines>Never used</TwoLines>
      ) : (
        <Stacked
          first={<RelativeTime at={lastUsedAt} />}
          second={lastUsedFrom === null ? null : `from ${lastUsedFrom}`}
        />
      ),
  },
];
