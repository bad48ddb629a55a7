import { makeStyles } from '@fluentui/react';
import type { ConnectionOption, Environment } from '@junction/contracts';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { TextInput } from '../../../ui/form/fields.tsx';
import { Section } from '../../../ui/section.tsx';
import { ConnectionPicker } from './connection-picker.tsx';
import { EntitiesField } from './entities-field.tsx';
import { ExportSummary } from './export-summary.tsx';
import { FormatFields } from './format-fields.tsx';
import { RetentionFields } from './retention-fields.tsx';
import { RowFields } from './row-fields.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: 16 } });

type Props = {
  environment: Environment;
  form: ExportForm;
  /** The connection of the saved export. */
  known?: ConnectionOption | null;
  allowsNone: boolean;
  isDisabled: boolean;
};

/** The fields of an export: where to, what, as which files, and when. */
export const ExportFields = ({ environment, form, known, allowsNone, isDisabled }: Props) => {
  const styles = useStyles();
  const { control } = form.form;
  // The first thing that is left to enter.
  const [isUnconnected] = useState(form.values.connectionId === '');
  const connection = useController({ control, name: 'connectionId' });
  return (
    <>
      <ConnectionPicker
        environment={environment}
        value={connection.field.value}
        onChange={connection.field.onChange}
        // The focus starts here: passing by without a choice is no mistake yet, Save asks for one.
        onBlur={() => (connection.field.value !== '' || connection.fieldState.isDirty) && connection.field.onBlur()}
        inputRef={connection.field.ref}
        errorMessage={connection.fieldState.error?.message}
        known={known}
        allowsNone={allowsNone}
        isDisabled={isDisabled}
        hasFocusFirst={isUnconnected}
      />
      <TextInput
        control={control}
        name="name"
        label="Display name"
        help={`Unique in this environment.${form.hasFiles ? ' It is also the name of the folder that the files are written to.' : ''}`}
        isRequired
        isDisabled={isDisabled}
        autoComplete="off"
        hasFocusFirst={!isUnconnected}
      />
      <Section title="Entities">
        <EntitiesField environment={environment} form={form} isDisabled={isDisabled} />
      </Section>
      {form.hasFiles && (
        <Section title="Files">
          <div className={styles.fields}>
            <FormatFields form={form} isDisabled={isDisabled} />
            <TextInput
              control={control}
              name="folder"
              label="Folder"
              help="Below the folder of the connection, such as crm/weekly. Leave it empty for none."
              isDisabled={isDisabled}
              autoComplete="off"
            />
            <RetentionFields form={form} isDisabled={isDisabled} />
          </div>
        </Section>
      )}
      <Section title="Rows">
        <RowFields form={form} isDisabled={isDisabled} />
      </Section>
      <Section title="Schedule">
        <ScheduleFields control={control} name="schedule" isDisabled={isDisabled} />
      </Section>
      <Section title={form.hasFiles ? 'What is written' : 'What is sent'}>
        <ExportSummary environmentId={environment.id} form={form} />
      </Section>
    </>
  );
};
