import { registerIcons } from '@fluentui/react';
import addRegular from '~icons/fluent/add-20-regular';
import alertRegular from '~icons/fluent/alert-20-regular';
import arrowClockwiseRegular from '~icons/fluent/arrow-clockwise-20-regular';
import arrowDownRegular from '~icons/fluent/arrow-down-20-regular';
import arrowDownloadRegular from '~icons/fluent/arrow-download-20-regular';
import arrowExportRegular from '~icons/fluent/arrow-export-20-regular';
import arrowLeftRegular from '~icons/fluent/arrow-left-20-regular';
import arrowSyncRegular from '~icons/fluent/arrow-sync-20-regular';
import arrowUndoRegular from '~icons/fluent/arrow-undo-20-regular';
import arrowUpRegular from '~icons/fluent/arrow-up-20-regular';
import beakerRegular from '~icons/fluent/beaker-20-regular';
import buildingRegular from '~icons/fluent/building-20-regular';
import calendarRegular from '~icons/fluent/calendar-20-regular';
import checkmarkRegular from '~icons/fluent/checkmark-20-regular';
import checkmarkCircleFilled from '~icons/fluent/checkmark-circle-20-filled';
import checkmarkCircleRegular from '~icons/fluent/checkmark-circle-20-regular';
import chevronDownRegular from '~icons/fluent/chevron-down-20-regular';
import chevronLeftRegular from '~icons/fluent/chevron-left-20-regular';
import chevronRightRegular from '~icons/fluent/chevron-right-20-regular';
import chevronUpRegular from '~icons/fluent/chevron-up-20-regular';
import circleFilled from '~icons/fluent/circle-20-filled';
import circleRegular from '~icons/fluent/circle-20-regular';
import clockRegular from '~icons/fluent/clock-20-regular';
import contactCardRegular from '~icons/fluent/contact-card-20-regular';
import copyRegular from '~icons/fluent/copy-20-regular';
import darkThemeRegular from '~icons/fluent/dark-theme-20-regular';
import deleteRegular from '~icons/fluent/delete-20-regular';
import dismissRegular from '~icons/fluent/dismiss-20-regular';
import dismissCircleFilled from '~icons/fluent/dismiss-circle-20-filled';
import dismissCircleRegular from '~icons/fluent/dismiss-circle-20-regular';
import editRegular from '~icons/fluent/edit-20-regular';
import eyeRegular from '~icons/fluent/eye-20-regular';
import eyeOffRegular from '~icons/fluent/eye-off-20-regular';
import filterRegular from '~icons/fluent/filter-20-regular';
import historyRegular from '~icons/fluent/history-20-regular';
import homeRegular from '~icons/fluent/home-20-regular';
import infoRegular from '~icons/fluent/info-20-regular';
import keyRegular from '~icons/fluent/key-20-regular';
import keyboardRegular from '~icons/fluent/keyboard-20-regular';
import linkRegular from '~icons/fluent/link-20-regular';
import lockClosedRegular from '~icons/fluent/lock-closed-20-regular';
import moreHorizontalRegular from '~icons/fluent/more-horizontal-20-regular';
import moreVerticalRegular from '~icons/fluent/more-vertical-20-regular';
import navigationRegular from '~icons/fluent/navigation-20-regular';
import openRegular from '~icons/fluent/open-20-regular';
import pauseCircleRegular from '~icons/fluent/pause-circle-20-regular';
import peopleRegular from '~icons/fluent/people-20-regular';
import personRegular from '~icons/fluent/person-20-regular';
import personAddRegular from '~icons/fluent/person-add-20-regular';
import playRegular from '~icons/fluent/play-20-regular';
import plugConnectedRegular from '~icons/fluent/plug-connected-20-regular';
import plugDisconnectedRegular from '~icons/fluent/plug-disconnected-20-regular';
import printRegular from '~icons/fluent/print-20-regular';
import pulseRegular from '~icons/fluent/pulse-20-regular';
import questionCircleRegular from '~icons/fluent/question-circle-20-regular';
import searchRegular from '~icons/fluent/search-20-regular';
import settingsRegular from '~icons/fluent/settings-20-regular';
import shareRegular from '~icons/fluent/share-20-regular';
import shieldRegular from '~icons/fluent/shield-20-regular';
import signOutRegular from '~icons/fluent/sign-out-20-regular';
import storageRegular from '~icons/fluent/storage-20-regular';
import subtractCircleRegular from '~icons/fluent/subtract-circle-20-regular';
import tableRegular from '~icons/fluent/table-20-regular';
import tagRegular from '~icons/fluent/tag-20-regular';
import warningFilled from '~icons/fluent/warning-20-filled';
import warningRegular from '~icons/fluent/warning-20-regular';

// biome-ignore lint/security/noDangerouslySetInnerHtml: the markup is a file of the icon set, read at build time
const drawn = (svg: string) => <span className="junction-icon" dangerouslySetInnerHTML={{ __html: svg }} />;

/**
 * The icons by the names under which Fluent and we use them. Only these come into the bundle; Fluent's own icon font is
 * neither free nor local.
 */
const icons = {
  Add: drawn(addRegular),
  Back: drawn(arrowLeftRegular),
  Bell: drawn(alertRegular),
  Building: drawn(buildingRegular),
  Calendar: drawn(calendarRegular),
  Cancel: drawn(dismissRegular),
  CheckMark: drawn(checkmarkRegular),
  ChevronDown: drawn(chevronDownRegular),
  ChevronDownSmall: drawn(chevronDownRegular),
  ChevronLeft: drawn(chevronLeftRegular),
  ChevronRight: drawn(chevronRightRegular),
  ChevronUp: drawn(chevronUpRegular),
  ChevronUpSmall: drawn(chevronUpRegular),
  CircleRing: drawn(circleRegular),
  CircleShapeSolid: drawn(circleFilled),
  Clear: drawn(dismissRegular),
  Clock: drawn(clockRegular),
  Completed: drawn(checkmarkCircleRegular),
  Connections: drawn(plugConnectedRegular),
  Copy: drawn(copyRegular),
  Delete: drawn(deleteRegular),
  Download: drawn(arrowDownloadRegular),
  Edit: drawn(editRegular),
  ErrorBadge: drawn(dismissCircleRegular),
  Exports: drawn(arrowExportRegular),
  Failed: drawn(dismissCircleFilled),
  Filter: drawn(filterRegular),
  Help: drawn(questionCircleRegular),
  Hide: drawn(eyeOffRegular),
  History: drawn(historyRegular),
  Home: drawn(homeRegular),
  Info: drawn(infoRegular),
  Key: drawn(keyRegular),
  Keyboard: drawn(keyboardRegular),
  Link: drawn(linkRegular),
  Lock: drawn(lockClosedRegular),
  Menu: drawn(navigationRegular),
  More: drawn(moreHorizontalRegular),
  MoreVertical: drawn(moreVerticalRegular),
  None: <span />,
  Offline: drawn(plugDisconnectedRegular),
  Open: drawn(openRegular),
  Passed: drawn(checkmarkCircleFilled),
  Pause: drawn(pauseCircleRegular),
  People: drawn(peopleRegular),
  Person: drawn(personRegular),
  PersonAdd: drawn(personAddRegular),
  Play: drawn(playRegular),
  Print: drawn(printRegular),
  Profiles: drawn(contactCardRegular),
  Pulse: drawn(pulseRegular),
  RedEye: drawn(eyeRegular),
  Refresh: drawn(arrowClockwiseRegular),
  Sandbox: drawn(beakerRegular),
  Search: drawn(searchRegular),
  Settings: drawn(settingsRegular),
  Share: drawn(shareRegular),
  Shield: drawn(shieldRegular),
  SignOut: drawn(signOutRegular),
  Skipped: drawn(subtractCircleRegular),
  SortDown: drawn(arrowDownRegular),
  SortUp: drawn(arrowUpRegular),
  StatusCircleCheckmark: drawn(checkmarkRegular),
  StatusErrorFull: drawn(dismissCircleFilled),
  Storage: drawn(storageRegular),
  Sync: drawn(arrowSyncRegular),
  Table: drawn(tableRegular),
  Tag: drawn(tagRegular),
  Theme: drawn(darkThemeRegular),
  Undo: drawn(arrowUndoRegular),
  Warning: drawn(warningRegular),
  WarningFilled: drawn(warningFilled),
};

export type IconName = keyof typeof icons;

/** Makes the icons known to Fluent; called once, before anything renders. */
export const registerJunctionIcons = (): void => {
  registerIcons(
    { fontFace: undefined, style: { display: 'inline-flex', alignItems: 'center', justifyContent: 'center' }, icons },
    { disableWarnings: true },
  );
};
