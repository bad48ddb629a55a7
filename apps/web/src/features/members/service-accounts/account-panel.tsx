import { DefaultButton, makeStyles } from '@fluentui/react';
import { maxTokensPerOwner, type ServiceAccount } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { roleWords } from '../../../lib/words.ts';
import { wholeList } from '../../../ui/data-table/whole-list.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { PanesOver } from '../../../ui/panes-over.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { TokenList } from '../../../ui/tokens/token-list.tsx';
import { unavailable } from '../../../ui/unavailable.ts';
import { whyNotYours } from './account-words.ts';
import { accountTokensQuery, useServiceAccount } from './api.ts';
import { NotYours } from './not-yours.tsx';
import { UnreadAccount } from './unread-account.tsx';

const useStyles = makeStyles({ actions: { marginBottom: 12 } });

/** A service account and its tokens; what is done about a token opens over it. */
export const AccountPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { serviceAccountId = '' } = useParams();
  const { account, error, refetch } = useServiceAccount(environmentId, serviceAccountId);
  const { open, close } = usePanels(paths.serviceAccounts(environmentId));
  return (
    <SidePanel
      title={account?.name ?? 'Service account'}
      subtitle={account && 'Service account'}
      size="details"
      onClose={() => void close()}
      footer={
        account && (
          <>
            <DefaultButton
              text="Edit"
              onClick={() => void open(paths.editServiceAccount(environmentId, account.id))}
              {...(!account.isYours && unavailable(whyNotYours))}
            />
            <DefaultButton
              text="Remove …"
              onClick={() => void open(paths.removeServiceAccount(environmentId, account.id))}
            />
            <DefaultButton text="Close" onClick={() => void close()} />
          </>
        )
      }
    >
      {account ? (
        <>
          {!account.isYours && <NotYours />}
          <DetailList
            items={[
              { term: 'Role here', value: roleWords[account.role] },
              { term: 'Created', value: <RelativeTime at={account.createdAt} /> },
              { term: 'Last used', value: <RelativeTime at={account.lastUsedAt} none="Never used" /> },
            ]}
          />
          <Tokens key={account.id} environmentId={environmentId} account={account} />
        </>
      ) : (
        <UnreadAccount isGone={account === null} error={error} onRetry={() => void refetch()} />
      )}
      <PanesOver />
    </SidePanel>
  );
};

const whyNone = ({ isYours }: ServiceAccount, count: number): string | undefined => {
  if (!isYours) return whyNotYours;
  return count >= maxTokensPerOwner
    ? `There are ${maxTokensPerOwner} tokens, which is the most. Revoke one first.`
    : undefined;
};

const Tokens = ({ environmentId, account }: { environmentId: string; account: ServiceAccount }) => {
  const styles = useStyles();
  const tokens = useQuery(accountTokensQuery(environmentId, account.id));
  const { open } = usePanels(paths.serviceAccount(environmentId, account.id));
  const reason = whyNone(account, tokens.data?.value.length ?? 0);
  const pathOf = (tokenId: string) => paths.serviceAccountToken(environmentId, account.id, tokenId);
  const add = () => void open(paths.newServiceAccountToken(environmentId, account.id));
  return (
    <Section title="Tokens">
      {tokens.data !== undefined && tokens.data.value.length > 0 && (
        <div className={styles.actions}>
          <DefaultButton
            text="New token"
            iconProps={{ iconName: 'Add' }}
            onClick={add}
            {...(reason !== undefined && unavailable(reason))}
          />
        </div>
      )}
      <TokenList
        label={`Tokens of ${account.name}`}
        list={wholeList(tokens)}
        pathOf={({ id }) => pathOf(id)}
        onOpen={({ id }) => void open(pathOf(id))}
        onRevoke={({ id }) => void open(`${pathOf(id)}/revoke`)}
        empty={{
          icon: 'Key',
          title: 'No tokens',
          text:
            reason === undefined
              ? 'A program shows a token with each request. Without one, nothing can act as this service account.'
              : 'Without one, nothing can act as this service account.',
          action: reason === undefined ? { text: 'New token', onClick: add } : undefined,
        }}
      />
    </Section>
  );
};
