import { Dropdown } from '@fluentui/react';
import type { ProfileReportRef } from '@junction/contracts';

type Props = { reports: readonly ProfileReportRef[]; connectionId: string; onPick: (connectionId: string) => void };

/** Chooses among the reports of several connections. */
export const ReportPicker = ({ reports, connectionId, onPick }: Props) => (
  <Dropdown
    ariaLabel="Report of"
    selectedKey={connectionId}
    options={reports.map(({ connection, importedAt }) => ({
      key: connection.id,
      text: importedAt === null ? `${connection.name} (first import under way)` : connection.name,
    }))}
    dropdownWidth="auto"
    styles={{ root: { width: 240, maxWidth: '100%' } }}
    onChange={(_, option) => option && onPick(String(option.key))}
  />
);
