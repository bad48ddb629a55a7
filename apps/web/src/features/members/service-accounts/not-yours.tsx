import { MessageBar } from '@fluentui/react';
import { whyNotYours } from './account-words.ts';

/** Why nothing can be changed of a service account, and what still can be done. */
export const NotYours = () => (
  <MessageBar isMultiline delayedRender={false}>
    {whyNotYours} So its name, its role and its tokens are for those who administer all of them. You can take it out of
    this environment, and revoke its tokens.
  </MessageBar>
);
