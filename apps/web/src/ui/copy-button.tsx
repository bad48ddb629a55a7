import { DefaultButton, IconButton, TooltipHost } from '@fluentui/react';
import { capitalized } from '../lib/words.ts';
import { useToasts } from './toasts.tsx';

/** Where the clipboard is not to be had (plain http on another host), the browser's old way still copies. */
const copyByCommand = (text: string): boolean => {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  const focused = document.activeElement;
  // Inside the dialog at hand, because a focus trap would take the focus back from anywhere else.
  const parent = focused?.closest('[role="dialog"], [role="alertdialog"]') ?? document.body;
  parent.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
};

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
};

type Props = { text: string; what: string; isLabeled?: boolean; onCopied?: () => void };

/** Copies a text and says so. `what` names it for people: "command", "link". With `isLabeled` the button has a text. */
export const CopyButton = ({ text, what, isLabeled = false, onCopied }: Props) => {
  const toasts = useToasts();
  const onClick = async () => {
    const isCopied = await copy(text);
    if (isCopied) {
      toasts.success(`${capitalized(what)} copied.`);
      onCopied?.();
    } else toasts.error(`The browser did not let us copy the ${what}. Select it and copy it by hand.`);
  };
  if (isLabeled) return <DefaultButton iconProps={{ iconName: 'Copy' }} text={`Copy ${what}`} onClick={onClick} />;
  return (
    <TooltipHost content={`Copy ${what}`}>
      <IconButton iconProps={{ iconName: 'Copy' }} ariaLabel={`Copy ${what}`} onClick={onClick} />
    </TooltipHost>
  );
};
