import type { ProfileReportRef } from '@junction/contracts';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { FirstImport } from './first-import.tsx';
import { LostAccess } from './lost-access.tsx';
import { Report } from './report.tsx';
import { ReportPicker } from './report-picker.tsx';

type Props = { environmentId: string; connectionId: string; reports: readonly ProfileReportRef[] };

/** The report of one connection: before its first import, afterwards, and for whom it was taken away meanwhile. */
export const ReportPage = ({ environmentId, connectionId, reports }: Props) => {
  const navigate = useNavigate();
  const known = reports.find(({ connection }) => connection.id === connectionId);
  const [wasKnown, setKnown] = useState(known !== undefined);
  const [isLost, setLost] = useState(false);
  if (known !== undefined && !wasKnown) setKnown(true);
  if (isLost || (wasKnown && known === undefined))
    return <LostAccess environmentId={environmentId} connectionId={connectionId} />;
  const picker = reports.length > 1 && (
    <ReportPicker
      reports={reports}
      connectionId={connectionId}
      onPick={(id) => void navigate(paths.profileReport(environmentId, id))}
    />
  );
  if (known?.importedAt === null)
    return (
      <>
        <PageHeader title={known.connection.name} aside={picker} />
        <FirstImport environmentId={environmentId} connectionId={connectionId} hasFailed={known.hasFailed} />
      </>
    );
  return (
    <Report
      environmentId={environmentId}
      connectionId={connectionId}
      known={known}
      picker={picker}
      onLost={() => setLost(true)}
    />
  );
};
