import { Link, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { type Manifest, metaOf } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import { type ReactNode, useState } from 'react';
import { get } from 'react-hook-form';
import type * as z from 'zod';
import { inSentence, listOfWords } from '../../../lib/words.ts';
import { TextInput } from '../../../ui/form/fields.tsx';
import { AdvancedFields, SchemaFields } from '../../../ui/schema-fields.tsx';
import { fieldsOf, type SchemaField } from '../../../ui/schema-form.ts';
import { SharingField } from '../sharing/sharing-field.tsx';
import { endpointChanged, keepsStored } from './form-values.ts';
import { newSettings } from './settings-as-text.ts';
import { StoredSecret } from './stored-secret.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', gap: 16 } });

const learnedHelp = 'Learned from the server; compare it with your server’s own. It is saved with the connection.';

/** The settings above the secrets and those below them: a secret follows what decides that it is asked for, and what belongs to that. */
const aroundSecrets = (
  settings: readonly SchemaField[],
  secrets: readonly SchemaField[],
): [above: readonly SchemaField[], below: readonly SchemaField[]] => {
  const deciding = new Set(secrets.flatMap(({ meta }) => meta.when?.field ?? []));
  const last = settings.findLastIndex(
    ({ name, meta }) =>
      // The day on which a secret ends is asked for after the secret.
      meta.control !== 'date' && (deciding.has(name) || deciding.has(meta.when?.field ?? '')),
  );
  return last === -1 ? [settings, []] : [settings.slice(0, last + 1), settings.slice(last + 1)];
};

type Props = {
  manifest: Manifest;
  form: ConnectionForm;
  /** The saved connection that is being edited. */
  original?: Connection;
  isDisabled: boolean;
  /** On a page they are among others: nothing is asked of who can use it, and the focus stays where it is. */
  isOnPage?: boolean;
};

/** The fields of a connection: its name, who can use it, and what its type asks for. */
export const ConnectionFields = ({ manifest, form, original, isDisabled, isOnPage = false }: Props) => {
  const styles = useStyles();
  const [pastedLabels, setPastedLabels] = useState<string[]>();
  const {
    form: { control, formState, setFocus, setValue },
    values,
  } = form;

  const onPasteText = (text: string): boolean => {
    const labels = form.paste(text);
    if (labels !== undefined) setPastedLabels(labels);
    return labels !== undefined;
  };
  const common = { control, isDisabled, onPasteText };
  const settings = fieldsOf(manifest.settings, values.settings).map((field) =>
    form.isLearned(field.name) ? { ...field, meta: { ...field.meta, help: learnedHelp } } : field,
  );
  const advanced = settings.filter(({ meta }) => meta.isAdvanced);
  // Schemas let every secret be absent, for edits that keep it; where one is asked for, it is needed unless it says otherwise.
  const secrets = fieldsOf(manifest.secrets, values.settings).map((field) => ({
    ...field,
    isRequired: field.meta.isOptional !== true,
  }));
  const [above, below] = aroundSecrets(
    settings.filter(({ meta }) => !meta.isAdvanced),
    secrets,
  );
  const untouched = newSettings(manifest);
  const isInUse = ({ name }: SchemaField) =>
    values.settings[name] !== untouched[name] || get(formState.errors, `settings.${name}`) !== undefined;

  const renderStored = ({ name, meta }: SchemaField): ReactNode | undefined => {
    const stored = original?.secrets[name];
    if (stored === undefined || !keepsStored(manifest, values, original, name)) return undefined;
    return (
      <StoredSecret
        label={meta.label}
        setAt={stored.setAt}
        isDisabled={isDisabled}
        hasFocusFirst={values.replacing[name] === false}
        onReplace={() => {
          setValue(`replacing.${name}`, true, { shouldDirty: true });
          // After the input has taken the place of the button.
          setTimeout(() => setFocus(`secrets.${name}`));
        }}
      />
    );
  };

  return (
    <div className={styles.root}>
      <TextInput
        control={control}
        name="name"
        label="Display name"
        help="Shows what this connection is for and where it leads, such as “Contoso lake, production”."
        isRequired
        isDisabled={isDisabled}
        autoComplete="off"
        hasFocusFirst={!isOnPage}
      />
      {!isOnPage && <SharingField control={control} original={original} isDisabled={isDisabled} />}
      <SchemaFields {...common} within="settings" fields={above} />
      {original !== undefined && <SecretNeededAgain manifest={manifest} form={form} original={original} />}
      <SchemaFields {...common} within="secrets" fields={secrets} renderInstead={renderStored} />
      {original !== undefined && <KeepStored manifest={manifest} form={form} original={original} />}
      <SchemaFields {...common} within="settings" fields={below} />
      {advanced.length > 0 && (
        <AdvancedFields isNeeded={advanced.some(isInUse)}>
          <SchemaFields {...common} within="settings" fields={advanced} />
        </AdvancedFields>
      )}
      <div role="status">
        {pastedLabels !== undefined && (
          <MessageBar
            messageBarType={MessageBarType.info}
            delayedRender={false}
            onDismiss={() => setPastedLabels(undefined)}
            dismissButtonAriaLabel="Dismiss"
          >
            Filled in from what you pasted: {listOfWords(pastedLabels)}.
          </MessageBar>
        )}
      </div>
    </div>
  );
};

type StoredProps = { manifest: Manifest; form: ConnectionForm; original: Connection };

/** Why a secret that is set is asked for again. */
const SecretNeededAgain = ({ manifest, form, original }: StoredProps) => {
  const isAskedAgain =
    endpointChanged(manifest, form.values, original) &&
    fieldsOf(manifest.secrets, form.values.settings).some(({ name }) => original.secrets[name] !== undefined);
  if (!isAskedAgain) return null;
  return (
    <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
      This connection now leads somewhere else. A stored secret is only ever sent to the place it was entered for, so
      enter it again.
    </MessageBar>
  );
};

/** The way back for who chose to replace a secret and thought better of it. */
const KeepStored = ({ manifest, form: { form, values }, original }: StoredProps) => {
  if (endpointChanged(manifest, values, original)) return null;
  const replaced = fieldsOf(manifest.secrets, values.settings).filter(
    ({ name }) => original.secrets[name] !== undefined && values.replacing[name] === true,
  );
  return replaced.map(({ name }) => (
    <div key={name}>
      <Link
        onClick={() => {
          form.setValue(`replacing.${name}`, false, { shouldDirty: true });
          form.setValue(`secrets.${name}`, '', { shouldDirty: true });
          form.clearErrors(`secrets.${name}`);
        }}
      >
        Keep the current {inSentence(labelOf(manifest, name))}
      </Link>
    </div>
  ));
};

const labelOf = (manifest: Manifest, name: string): string => metaOf(manifest.secrets.shape[name] as z.ZodType).label;
