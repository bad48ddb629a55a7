import { type OpenReport, openReport } from '@junction/profiles';

/** Memory for reports that are open: a dozen of the largest ones, or hundreds of usual ones. */
const openBytes = 48 * 1024 * 1024;

type Stored = { summary: unknown; cells: Uint8Array };
type Opened = { report: Promise<OpenReport>; bytes: number };

/** Reports that were asked for lately, ready to answer. */
export type OpenReports = (runId: string, load: () => Promise<Stored | undefined>) => Promise<OpenReport | undefined>;

/** Keeps reports open by the import that they are from, so that a newer one is never mistaken for it; those asked for longest ago go first. */
export const createOpenReports = (atMost = openBytes): OpenReports => {
  const reports = new Map<string, Opened>();

  const makeRoom = () => {
    let bytes = [...reports.values()].reduce((sum, opened) => sum + opened.bytes, 0);
    for (const [runId, opened] of reports) {
      if (bytes <= atMost) return;
      reports.delete(runId);
      bytes -= opened.bytes;
    }
  };

  const open = (runId: string, stored: Stored): Promise<OpenReport> => {
    const opened: Opened = { report: openReport(stored.summary, stored.cells), bytes: 0 };
    reports.set(runId, opened);
    return opened.report.then(
      (report) => {
        opened.bytes = report.bytes;
        makeRoom();
        return report;
      },
      (error: unknown) => {
        if (reports.get(runId) === opened) reports.delete(runId);
        throw error;
      },
    );
  };

  return async (runId, load) => {
    const known = reports.get(runId);
    if (known) {
      reports.delete(runId);
      reports.set(runId, known);
      return known.report;
    }
    const stored = await load();
    // Somebody else may have opened it meanwhile.
    return stored && (reports.get(runId)?.report ?? open(runId, stored));
  };
};
