import { DefaultButton } from '@fluentui/react';
import { maxTokensPerOwner } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/card.tsx';
import { wholeList } from '../../ui/data-table/whole-list.ts';
import { TokenList } from '../../ui/tokens/token-list.tsx';
import { unavailable } from '../../ui/unavailable.ts';
import { myTokensQuery } from './my-tokens-query.ts';

/** The tokens that scripts and other programs act for oneself with. */
export const MyTokens = () => {
  const navigate = useNavigate();
  const tokens = useQuery(myTokensQuery);
  const count = tokens.data?.value.length ?? 0;
  const add = () => void navigate(paths.newToken());
  return (
    <Card
      title="API tokens"
      text="With a token a script calls the API of Junction in your name, without your password."
      aside={
        count > 0 && (
          <DefaultButton
            text="New token"
            iconProps={{ iconName: 'Add' }}
            onClick={add}
            {...(count >= maxTokensPerOwner &&
              unavailable(`You have ${maxTokensPerOwner} tokens, which is the most. Revoke one first.`))}
          />
        )
      }
    >
      <TokenList
        label="API tokens"
        list={wholeList(tokens)}
        pathOf={({ id }) => paths.token(id)}
        onOpen={({ id }) => void navigate(paths.token(id))}
        onRevoke={({ id }) => void navigate(paths.revokeToken(id))}
        empty={{
          icon: 'Key',
          title: 'No tokens',
          text: 'Make one for a script that starts exports, or for a program that reads how they went. You choose what it may do and how long it works, and can revoke it at any time.',
          action: { text: 'New token', onClick: add },
        }}
      />
    </Card>
  );
};
