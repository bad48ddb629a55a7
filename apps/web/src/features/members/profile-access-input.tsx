import { Checkbox, Label, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { MemberProfileAccess } from '@junction/contracts';
import { type Control, type FieldValues, type Path, useController } from 'react-hook-form';

const useStyles = makeStyles((theme) => ({
  list: { display: 'flex', flexDirection: 'column', gap: 8 },
  label: { fontWeight: 400 },
  help: { color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px', margin: '8px 0 0' },
  note: { marginTop: 8 },
}));

const label = 'Allow access to profile data';

type Props<Values extends FieldValues, Output> = {
  control: Control<Values, unknown, Output>;
  name: Path<Values>;
  /** The connections with profile data; with none there is nothing to choose. */
  connections: readonly MemberProfileAccess[];
  /** It is one's own access that is chosen. */
  isOwn: boolean;
  isDisabled?: boolean;
};

/** Which connections' profile data a member may see; the form holds their ids. One connection is a single check box. */
export const ProfileAccessInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  connections,
  isOwn,
  isDisabled,
}: Props<Values, Output>) => {
  const styles = useStyles();
  const labelId = useId('profile-access');
  const helpId = useId('profile-access-help');
  const { field } = useController({ control, name });
  const chosen = field.value as readonly string[];
  const [only] = connections;
  if (only === undefined) return null;
  const isGivenToSelf =
    isOwn && connections.some(({ connection: { id }, isGranted }) => !isGranted && chosen.includes(id));
  const toggle = (connectionId: string, isChosen: boolean) =>
    field.onChange(
      connections
        .map(({ connection: { id } }) => id)
        .filter((id) => (id === connectionId ? isChosen : chosen.includes(id))),
    );
  const box = (id: string, text: string) => (
    <Checkbox
      key={id}
      label={text}
      checked={chosen.includes(id)}
      disabled={isDisabled}
      inputProps={{ 'aria-describedby': helpId }}
      onChange={(_, isChosen) => toggle(id, isChosen === true)}
    />
  );
  return (
    <div>
      {connections.length === 1 ? (
        box(only.connection.id, label)
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
        <div role="group" aria-labelledby={labelId}>
          <Label id={labelId} className={styles.label}>
            {label}
          </Label>
          <div className={styles.list}>{connections.map(({ connection }) => box(connection.id, connection.name))}</div>
        </div>
      )}
      <p id={helpId} className={styles.help}>
        Shows who your customers are{connections.length === 1 ? ` (${only.connection.name})` : ''}: age, gender, where
        they live, what they earn. No role brings it along, an admin’s neither.
      </p>
      <div role="status">
        {isGivenToSelf && (
          <MessageBar className={styles.note} messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
            You give access to yourself. It is recorded under Activity, and everybody else who has access is told.
          </MessageBar>
        )}
      </div>
    </div>
  );
};
