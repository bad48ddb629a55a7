import { Panel, PanelType } from '@fluentui/react';
import { PlaceList } from './navigation.tsx';

/** The navigation of narrow windows, opened by the menu button. */
export const NavigationPanel = ({ onClose }: { onClose: () => void }) => (
  <Panel
    isOpen
    isLightDismiss
    type={PanelType.customNear}
    customWidth="min(280px, 100vw)"
    headerText="Junction"
    closeButtonAriaLabel="Close menu"
    onDismiss={onClose}
  >
    <nav aria-label="Main">
      <PlaceList onGo={onClose} />
    </nav>
  </Panel>
);
