import { Dialog, DialogType, makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';
import { useFocusReturn } from './use-focus-return.ts';

/** Widths from the design: a question, a short form, and one with a list to look through; a phone's width is the most. */
const widths = { question: 480, wide: 820 } as const;

/** About the room that the buttons take. They lie over what scrolls, so what gets the focus has to stop before them. */
const footerHeight = 112;

const useStyles = makeStyles((theme) => ({
  content: { display: 'flex', flexDirection: 'column', gap: 12, color: theme.semanticColors.bodyText },
  // Fluent lets the window around it scroll instead, and nothing could then stay at its end.
  scroll: { '&&': { maxHeight: 'calc(100vh - 32px)', scrollPaddingBottom: footerHeight } },
  // In sight however long the content is; below it lies the padding that Fluent ends a dialog with.
  footer: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: 8,
    margin: '0 0 -24px',
    padding: '16px 0 24px',
    background: theme.semanticColors.bodyBackground,
    // There the padding is less, and more than that would make a short dialog scroll.
    '@media (max-width: 479px)': { marginBottom: -16, paddingBottom: 16 },
    // On a phone the words of a button may need two lines.
    '.ms-Button': { height: 'auto', minHeight: 32, paddingTop: 4, paddingBottom: 4 },
    '.ms-Button-label': { lineHeight: '20px' },
  },
}));

type Props = {
  title: string;
  size?: keyof typeof widths;
  /** A question that interrupts (alertdialog), rather than a form. */
  isAlert?: boolean;
  /** The id of what a screen reader reads out as the dialog opens. */
  textId?: string;
  /** What gets the focus first, as a CSS selector; else the first that can have it. */
  firstFocus?: string;
  /** While something is under way, Escape and the X do not close it, so that its end is not missed. */
  isBusy?: boolean;
  /** The buttons, the primary one first. */
  footer: ReactNode;
  onDismiss: () => void;
  children: ReactNode;
};

/** A dialog with a title, content and buttons; it traps the focus and gives it back. */
export const DialogFrame = ({
  title,
  size = 'question',
  isAlert = true,
  textId,
  firstFocus,
  isBusy = false,
  footer,
  onDismiss,
  children,
}: Props) => {
  const styles = useStyles();
  useFocusReturn();
  return (
    <Dialog
      hidden={false}
      onDismiss={isBusy ? undefined : onDismiss}
      minWidth={320}
      maxWidth={widths[size]}
      // Fluent's least height leaves a gap under the buttons of a short question.
      styles={{ main: { minHeight: 0, overflow: 'hidden', ...(size === 'wide' && { width: 'calc(100vw - 16px)' }) } }}
      dialogContentProps={{
        type: DialogType.normal,
        title,
        closeButtonAriaLabel: 'Close',
        // What hides its overflow is what a sticky footer would stick to.
        styles: { content: { overflow: 'visible' } },
      }}
      modalProps={{
        isBlocking: true,
        isAlert,
        scrollableContentClassName: styles.scroll,
        subtitleAriaId: textId,
        focusTrapZoneProps: { firstFocusableTarget: firstFocus },
      }}
    >
      <div className={styles.content}>{children}</div>
      <div className={styles.footer}>{footer}</div>
    </Dialog>
  );
};
