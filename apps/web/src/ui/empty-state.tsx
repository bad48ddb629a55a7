import { DefaultButton, Icon, makeStyles, PrimaryButton, Text } from '@fluentui/react';
import type { ReactNode } from 'react';
import { ButtonRow } from './button-row.tsx';
import type { IconName } from './icons.tsx';

export type EmptyStateProps = {
  icon?: IconName;
  title: string;
  text: ReactNode;
  action?: { text: string; onClick: () => void; isPrimary?: boolean; isDisabled?: boolean };
  /** Further buttons, after the action. */
  more?: ReactNode;
};

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 12,
    padding: '48px 24px',
    textAlign: 'center',
  },
  icon: { fontSize: 40, color: theme.palette.themePrimary },
  text: { maxWidth: 440, color: theme.semanticColors.bodySubtext },
}));

/** What a place is for while nothing is in it, and the one thing to do next. */
export const EmptyState = ({ icon, title, text, action, more }: EmptyStateProps) => {
  const styles = useStyles();
  const Button = action?.isPrimary === false ? DefaultButton : PrimaryButton;
  return (
    <div className={styles.root}>
      {icon && <Icon iconName={icon} className={styles.icon} />}
      <Text as="h2" variant="mediumPlus">
        {title}
      </Text>
      <Text className={styles.text}>{text}</Text>
      {(action || more) && (
        <ButtonRow>
          {action && (
            <Button text={action.text} onClick={action.onClick} disabled={action.isDisabled} allowDisabledFocus />
          )}
          {more}
        </ButtonRow>
      )}
    </div>
  );
};
