import { getInitials, makeStyles } from '@fluentui/react';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: 28,
    height: 28,
    borderRadius: '50%',
    fontSize: 11,
    fontWeight: 600,
    background: theme.semanticColors.primaryButtonBackground,
    color: theme.semanticColors.primaryButtonText,
    '@media (forced-colors: active)': { border: '1px solid' },
    '::before': { content: 'attr(data-initials)' },
  },
}));

/**
 * A person as a coin with their initials. The name stands elsewhere, so the coin says nothing to screen readers; and its
 * letters are drawn rather than text, because a button's visible text would have to be part of its name (WCAG 2.5.3).
 */
export const Initials = ({ name }: { name: string }) => (
  <span className={useStyles().root} data-initials={getInitials(name, false, true)} aria-hidden="true" />
);
