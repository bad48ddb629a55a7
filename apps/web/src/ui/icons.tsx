import { registerIcons } from '@fluentui/react';
import { AddRegular } from '@fluentui/react-icons/headless/svg/add';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/headless/svg/arrow-clockwise';
import { ArrowDownRegular } from '@fluentui/react-icons/headless/svg/arrow-down';
import { ArrowLeftRegular } from '@fluentui/react-icons/headless/svg/arrow-left';
import { ArrowSyncRegular } from '@fluentui/react-icons/headless/svg/arrow-sync';
import { ArrowUpRegular } from '@fluentui/react-icons/headless/svg/arrow-up';
import { BeakerRegular } from '@fluentui/react-icons/headless/svg/beaker';
import { BuildingRegular } from '@fluentui/react-icons/headless/svg/building';
import { CalendarRegular } from '@fluentui/react-icons/headless/svg/calendar';
import { CheckmarkRegular } from '@fluentui/react-icons/headless/svg/checkmark';
import { CheckmarkCircleFilled, CheckmarkCircleRegular } from '@fluentui/react-icons/headless/svg/checkmark-circle';
import { ChevronDownRegular } from '@fluentui/react-icons/headless/svg/chevron-down';
import { ChevronLeftRegular } from '@fluentui/react-icons/headless/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/headless/svg/chevron-right';
import { ChevronUpRegular } from '@fluentui/react-icons/headless/svg/chevron-up';
import { CircleFilled, CircleRegular } from '@fluentui/react-icons/headless/svg/circle';
import { ClockRegular } from '@fluentui/react-icons/headless/svg/clock';
import { CopyRegular } from '@fluentui/react-icons/headless/svg/copy';
import { DarkThemeRegular } from '@fluentui/react-icons/headless/svg/dark-theme';
import { DeleteRegular } from '@fluentui/react-icons/headless/svg/delete';
import { DismissRegular } from '@fluentui/react-icons/headless/svg/dismiss';
import { DismissCircleFilled, DismissCircleRegular } from '@fluentui/react-icons/headless/svg/dismiss-circle';
import { EditRegular } from '@fluentui/react-icons/headless/svg/edit';
import { EyeRegular } from '@fluentui/react-icons/headless/svg/eye';
import { EyeOffRegular } from '@fluentui/react-icons/headless/svg/eye-off';
import { FilterRegular } from '@fluentui/react-icons/headless/svg/filter';
import { HistoryRegular } from '@fluentui/react-icons/headless/svg/history';
import { HomeRegular } from '@fluentui/react-icons/headless/svg/home';
import { InfoRegular } from '@fluentui/react-icons/headless/svg/info';
import { KeyRegular } from '@fluentui/react-icons/headless/svg/key';
import { KeyboardRegular } from '@fluentui/react-icons/headless/svg/keyboard';
import { LinkRegular } from '@fluentui/react-icons/headless/svg/link';
import { LockClosedRegular } from '@fluentui/react-icons/headless/svg/lock-closed';
import { MoreHorizontalRegular } from '@fluentui/react-icons/headless/svg/more-horizontal';
import { MoreVerticalRegular } from '@fluentui/react-icons/headless/svg/more-vertical';
import { NavigationRegular } from '@fluentui/react-icons/headless/svg/navigation';
import { OpenRegular } from '@fluentui/react-icons/headless/svg/open';
import { PauseCircleRegular } from '@fluentui/react-icons/headless/svg/pause-circle';
import { PeopleRegular } from '@fluentui/react-icons/headless/svg/people';
import { PersonRegular } from '@fluentui/react-icons/headless/svg/person';
import { PersonAddRegular } from '@fluentui/react-icons/headless/svg/person-add';
import { PlayRegular } from '@fluentui/react-icons/headless/svg/play';
import { PlugConnectedRegular } from '@fluentui/react-icons/headless/svg/plug-connected';
import { PlugDisconnectedRegular } from '@fluentui/react-icons/headless/svg/plug-disconnected';
import { QuestionCircleRegular } from '@fluentui/react-icons/headless/svg/question-circle';
import { SearchRegular } from '@fluentui/react-icons/headless/svg/search';
import { SettingsRegular } from '@fluentui/react-icons/headless/svg/settings';
import { ShieldRegular } from '@fluentui/react-icons/headless/svg/shield';
import { SignOutRegular } from '@fluentui/react-icons/headless/svg/sign-out';
import { StorageRegular } from '@fluentui/react-icons/headless/svg/storage';
import { SubtractCircleRegular } from '@fluentui/react-icons/headless/svg/subtract-circle';
import { TagRegular } from '@fluentui/react-icons/headless/svg/tag';
import { WarningFilled, WarningRegular } from '@fluentui/react-icons/headless/svg/warning';

/**
 * The icons by the names under which Fluent and we use them. Only these come into the bundle; Fluent's own icon font is
 * neither free nor local. Headless ones, because they bring no style sheet of their own.
 */
const icons = {
  Add: <AddRegular />,
  Back: <ArrowLeftRegular />,
  Building: <BuildingRegular />,
  Calendar: <CalendarRegular />,
  Cancel: <DismissRegular />,
  CheckMark: <CheckmarkRegular />,
  ChevronDown: <ChevronDownRegular />,
  ChevronDownSmall: <ChevronDownRegular />,
  ChevronLeft: <ChevronLeftRegular />,
  ChevronRight: <ChevronRightRegular />,
  ChevronUp: <ChevronUpRegular />,
  ChevronUpSmall: <ChevronUpRegular />,
  CircleRing: <CircleRegular />,
  CircleShapeSolid: <CircleFilled />,
  Clear: <DismissRegular />,
  Clock: <ClockRegular />,
  Completed: <CheckmarkCircleRegular />,
  Connections: <PlugConnectedRegular />,
  Copy: <CopyRegular />,
  Delete: <DeleteRegular />,
  Edit: <EditRegular />,
  ErrorBadge: <DismissCircleRegular />,
  Failed: <DismissCircleFilled />,
  Filter: <FilterRegular />,
  Help: <QuestionCircleRegular />,
  Hide: <EyeOffRegular />,
  History: <HistoryRegular />,
  Home: <HomeRegular />,
  Info: <InfoRegular />,
  Key: <KeyRegular />,
  Keyboard: <KeyboardRegular />,
  Link: <LinkRegular />,
  Lock: <LockClosedRegular />,
  Menu: <NavigationRegular />,
  More: <MoreHorizontalRegular />,
  MoreVertical: <MoreVerticalRegular />,
  None: <span />,
  Offline: <PlugDisconnectedRegular />,
  Open: <OpenRegular />,
  Passed: <CheckmarkCircleFilled />,
  Pause: <PauseCircleRegular />,
  People: <PeopleRegular />,
  Person: <PersonRegular />,
  PersonAdd: <PersonAddRegular />,
  Play: <PlayRegular />,
  RedEye: <EyeRegular />,
  Refresh: <ArrowClockwiseRegular />,
  Sandbox: <BeakerRegular />,
  Search: <SearchRegular />,
  Settings: <SettingsRegular />,
  Shield: <ShieldRegular />,
  SignOut: <SignOutRegular />,
  Skipped: <SubtractCircleRegular />,
  SortDown: <ArrowDownRegular />,
  SortUp: <ArrowUpRegular />,
  StatusCircleCheckmark: <CheckmarkRegular />,
  StatusErrorFull: <DismissCircleFilled />,
  Storage: <StorageRegular />,
  Sync: <ArrowSyncRegular />,
  Tag: <TagRegular />,
  Theme: <DarkThemeRegular />,
  Warning: <WarningRegular />,
  WarningFilled: <WarningFilled />,
};

export type IconName = keyof typeof icons;

/** Makes the icons known to Fluent; called once, before anything renders. */
export const registerJunctionIcons = (): void => {
  registerIcons(
    { fontFace: undefined, style: { display: 'inline-flex', alignItems: 'center', justifyContent: 'center' }, icons },
    { disableWarnings: true },
  );
};
