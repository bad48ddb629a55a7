import { type IContextualMenuItem, IconButton } from '@fluentui/react';

/** The ⋮ at the end of a row. */
export const RowMenu = ({ name, actions }: { name: string; actions: IContextualMenuItem[] }) => {
  if (actions.length === 0) return null;
  return (
    <IconButton
      iconProps={{ iconName: 'MoreVertical' }}
      ariaLabel={`Actions for ${name}`}
      title="Actions"
      menuProps={{ items: actions, shouldFocusOnMount: true }}
      onRenderMenuIcon={() => null}
      data-selection-disabled
    />
  );
};
