import { IconButton } from '@fluentui/react';
import type { Theme } from '@junction/contracts';
import { themeWords, useChooseTheme } from '../../features/people/theme.ts';
import { useMe } from '../../lib/session.ts';
import { useToasts } from '../../ui/toasts.tsx';

/** Light, dark, high contrast, or whatever the system says. */
export const ThemeMenu = () => {
  const me = useMe();
  const toasts = useToasts();
  const choose = useChooseTheme();
  return (
    <IconButton
      iconProps={{ iconName: 'Theme' }}
      ariaLabel="Theme"
      title="Theme"
      onRenderMenuIcon={() => null}
      menuProps={{
        items: (Object.keys(themeWords) as Theme[]).map((theme) => ({
          key: theme,
          text: themeWords[theme],
          canCheck: true,
          isChecked: me.theme === theme,
          onClick: () => choose.mutate(theme, { onError: (error) => toasts.error(error.message) }),
        })),
      }}
    />
  );
};
