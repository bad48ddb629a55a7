import { getInitials, makeStyles } from '@fluentui/react';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    borderRadius: '50%',
    fontSize: 11,
    fontWeight: 600,
    background: theme.palette.themePrimary,
    color: theme.semanticColors.primaryButtonText,
    '@media (forced-colors: active)': { border: '1px solid' },
  },
}));

/** A person as a coin with their initials. The name stands elsewhere, so the coin says nothing to screen readers. */
export const Initials = ({ name }: { name: string }) => (
  <span className={useStyles().root} aria-hidden="true">
    {getInitials(name, false, true)}
  </span>
);
