import { makeStyles, Panel, PanelType, Text, useTheme } from '@fluentui/react';
import type { ReactNode } from 'react';
import { useFocusReturn } from './use-focus-return.ts';

/** Widths from the design: forms, details, and wide content such as a comparison; all of them the full width on a phone. */
const widths = { form: 480, details: 640, wide: 880 } as const;

/**
 * About the room that header and footer take, each with two lines of text. They lie over what scrolls, so what gets the
 * focus, or is brought into view, has to stop before them.
 */
const headerHeight = 88;
const footerHeight = 112;

export type SidePanelProps = {
  title: string;
  /** One line under the title. */
  subtitle?: ReactNode;
  size?: keyof typeof widths;
  /** Stays at the bottom; the primary button comes first. */
  footer?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

const useStyles = makeStyles((theme) => ({
  subtitle: { color: theme.semanticColors.bodySubtext, marginBottom: 4, display: 'block' },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: 16,
    paddingTop: 12,
    paddingBottom: 24,
    minHeight: 0,
    // What sticks to the top of a list in here must not lie over the footer.
    isolation: 'isolate',
  },
  footer: { display: 'flex', flexWrap: 'wrap', gap: 8 },
}));

/**
 * A pane from the right with a header, a body that scrolls and a footer that stays. It traps the focus and gives it back
 * to where it was. A page shows it for a child route, and closing navigates to the page.
 */
export const SidePanel = ({ title, subtitle, size = 'form', footer, onClose, children }: SidePanelProps) => {
  const styles = useStyles();
  const { semanticColors } = useTheme();
  useFocusReturn();
  return (
    <Panel
      isOpen
      type={PanelType.custom}
      customWidth={`min(${widths[size]}px, 100vw)`}
      headerText={title}
      closeButtonAriaLabel="Close"
      onDismiss={(event) => {
        // Escape inside an open menu or dialog closes that one only; a click outside must not lose a form.
        event?.preventDefault();
        onClose();
      }}
      onOuterClick={() => undefined}
      isFooterAtBottom
      onRenderFooterContent={!footer ? undefined : () => <div className={styles.footer}>{footer}</div>}
      styles={{
        // What is placed absolutely inside (texts for screen readers, the inputs of check boxes) must scroll with the rest.
        scrollableContent: {
          position: 'relative',
          scrollPadding: `${headerHeight}px 0 ${footer ? footerHeight : 0}px`,
        },
        // Fluent notices too late that what has loaded since is longer than the pane, and would let it shine through.
        footer: { borderTop: `1px solid ${semanticColors.bodyDivider}`, background: semanticColors.bodyBackground },
      }}
    >
      {subtitle !== undefined && <Text className={styles.subtitle}>{subtitle}</Text>}
      <div className={styles.body}>{children}</div>
    </Panel>
  );
};
