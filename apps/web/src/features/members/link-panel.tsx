import { MessageBar, MessageBarType, PrimaryButton, TextField } from '@fluentui/react';
import type { IssuedLink } from '@junction/contracts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { exactTime } from '../../ui/dates.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useViewer } from '../../ui/viewer.tsx';

/** Shows a one-time link, which nobody can read again once this is closed. */
export const LinkPanel = ({
  title,
  text,
  link,
  onClose,
}: {
  title: string;
  text: string;
  link: IssuedLink;
  onClose: () => void;
}) => {
  const viewer = useViewer();
  return (
    <SidePanel title={title} onClose={onClose} footer={<PrimaryButton text="Done" onClick={onClose} />}>
      <p>{text}</p>
      <MessageBar messageBarType={MessageBarType.warning} isMultiline>
        The link is shown only now. Whoever has it can use it, so pass it on over a channel you trust.
      </MessageBar>
      <TextField label="One-time link" value={link.url} readOnly multiline autoAdjustHeight resizable={false} />
      <div>
        <CopyButton text={link.url} what="link" isLabeled />
      </div>
      <p>It works once, until {exactTime(link.expiresAt, viewer)}.</p>
    </SidePanel>
  );
};
