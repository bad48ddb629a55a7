import { MessageBar, MessageBarType } from '@fluentui/react';

/** What happens when an admin gives access to themself. */
export const SelfGrantNote = () => (
  <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
    You give access to yourself. It is recorded under Activity, and everybody else who has access is told.
  </MessageBar>
);
