import { Checkbox, makeStyles } from '@fluentui/react';
import type { TokenAction } from '@junction/contracts';
import { type Control, useController } from 'react-hook-form';
import { tokenActionGroups, tokenActionWords } from '../../lib/token-words.ts';
import type { TokenValues } from './token-values.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 16 },
  group: { display: 'flex', flexDirection: 'column', gap: 8 },
  actions: { display: 'flex', flexDirection: 'column', gap: 8, paddingInlineStart: 28 },
  error: { color: theme.semanticColors.errorText, fontSize: 12 },
}));

/** Which actions a token may take, each with its box, and a box for all of those about one thing. */
export const ScopeInput = <Output,>({ control }: { control: Control<TokenValues, unknown, Output> }) => {
  const styles = useStyles();
  const { field, fieldState } = useController({ control, name: 'scope' });
  const choose = (actions: readonly TokenAction[], isChosen: boolean) => {
    const others = field.value.filter((action) => !actions.includes(action));
    field.onChange(isChosen ? [...others, ...actions] : others);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
    <div role="group" aria-label="Actions of the token" className={styles.root} onBlur={field.onBlur}>
      {fieldState.error && (
        <div role="alert" className={styles.error}>
          {fieldState.error.message}
        </div>
      )}
      {tokenActionGroups.map(({ title, actions }, index) => {
        const chosen = actions.filter((action) => field.value.includes(action));
        const isWhole = chosen.length === actions.length;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
          <div key={title} role="group" aria-label={title} className={styles.group}>
            <Checkbox
              label={title}
              ariaLabel={`${title}: all`}
              checked={isWhole}
              indeterminate={chosen.length > 0 && !isWhole}
              styles={{ text: { fontWeight: 600 } }}
              componentRef={index === 0 ? (box) => field.ref(box && { focus: () => box.focus() }) : undefined}
              onChange={() => choose(actions, !isWhole)}
            />
            <div className={styles.actions}>
              {actions.map((action) => (
                <Checkbox
                  key={action}
                  label={tokenActionWords[action]}
                  checked={chosen.includes(action)}
                  onChange={(_, isChosen) => choose([action], isChosen === true)}
                />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
};
