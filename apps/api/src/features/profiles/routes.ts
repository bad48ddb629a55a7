import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { grantProfileAccess } from './access/grant-profile-access.ts';
import { listMemberProfileAccess } from './access/list-member-profile-access.ts';
import { listProfileAccess } from './access/list-profile-access.ts';
import { listProfileViews } from './access/list-profile-views.ts';
import { revokeProfileAccess } from './access/revoke-profile-access.ts';
import { cancelProfileImport } from './imports/cancel-import.ts';
import { getProfileColumns, readDraftProfileColumns } from './imports/get-columns.ts';
import { getProfileImport } from './imports/get-import.ts';
import { listProfileImports } from './imports/list-imports.ts';
import { startProfileImport } from './imports/start-import.ts';
import { updateProfileImport } from './imports/update-import.ts';
import { getProfileReport } from './reports/get-profile-report.ts';
import { listProfileReports } from './reports/list-profile-reports.ts';
import { createOpenReports } from './reports/open-reports.ts';

/** Imports of profile data, who may see it, and the reports. */
export const profileRoutes = (route: Route, house: House): void => {
  route(contract.listProfileAccess, (actor, asked) => listProfileAccess(house, actor, asked));
  route(contract.grantProfileAccess, (actor, asked) => grantProfileAccess(house, actor, asked));
  route(contract.revokeProfileAccess, (actor, asked) => revokeProfileAccess(house, actor, asked));
  route(contract.listProfileViews, (actor, asked) => listProfileViews(house, actor, asked));
  route(contract.listMemberProfileAccess, (actor, asked) => listMemberProfileAccess(house, actor, asked));
  route(contract.getProfileImport, (actor, asked) => getProfileImport(house, actor, asked));
  route(contract.updateProfileImport, (actor, asked) => updateProfileImport(house, actor, asked));
  route(contract.startProfileImport, (actor, asked) => startProfileImport(house, actor, asked));
  route(contract.cancelProfileImport, (actor, asked) => cancelProfileImport(house, actor, asked));
  route(contract.readDraftProfileColumns, (actor, asked) => readDraftProfileColumns(house, actor, asked));
  route(contract.getProfileColumns, (actor, asked) => getProfileColumns(house, actor, asked));
  route(contract.listProfileImports, (actor, asked) => listProfileImports(house, actor, asked));
  const openReports = createOpenReports();
  route(contract.listProfileReports, (actor, asked) => listProfileReports(house, actor, asked));
  route(contract.getProfileReport, (actor, asked) => getProfileReport(house, openReports, actor, asked));
};
