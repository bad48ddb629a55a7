import { Fluent2WebDarkTheme, Fluent2WebLightTheme } from '@fluentui/fluent2-theme';
import { concatStyleSetsWithProps, createTheme, FontWeights, type Theme } from '@fluentui/react';

/** The system's own font, so that none is fetched. */
const fontFamily =
  "'Segoe UI', 'Segoe UI Web', system-ui, -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif";

type Styled = { theme: Theme };

/** What is not chosen can still be read like what is; only what is disabled is fainter. */
const optionText = ({ theme, disabled }: Styled & { disabled?: boolean }) =>
  disabled ? theme.semanticColors.disabledText : theme.semanticColors.bodyText;

/** Where the Fluent 2 look is too faint to see, makes labels unlike each other, or has only a shadow where we want a border. */
const corrections = {
  CalloutContent: ({ theme }: Styled) => ({ root: { border: `1px solid ${theme.semanticColors.bodyDivider}` } }),
  Modal: ({ theme }: Styled) => ({ main: { border: `1px solid ${theme.semanticColors.bodyDivider}` } }),
  Panel: ({ theme }: Styled) => ({
    main: { border: `0 solid ${theme.semanticColors.bodyDivider}`, borderWidth: '0 1px' },
  }),
  Dropdown: ({ theme }: Styled) => ({ caretDown: { color: theme.palette.neutralSecondary } }),
  Checkbox: (props: Styled) => ({
    root: { '&:hover .ms-Checkbox-text': { color: optionText(props) } },
    text: { color: optionText(props) },
  }),
  ChoiceGroupOption: (props: Styled) => ({
    field: {
      '.ms-ChoiceFieldLabel': { color: optionText(props) },
      '&:hover .ms-ChoiceFieldLabel': { color: optionText(props) },
    },
  }),
  ChoiceGroup: ({ theme }: Styled) => ({
    label: { color: theme.semanticColors.bodyText, fontWeight: FontWeights.regular },
  }),
};

const corrected = (theme: Theme): Theme =>
  createTheme({
    ...theme,
    fonts: Object.fromEntries(
      Object.entries(theme.fonts).map(([size, font]) => [size, { ...font, fontFamily }]),
    ) as unknown as Theme['fonts'],
    components: {
      ...theme.components,
      ...Object.fromEntries(
        Object.entries(corrections).map(([name, correction]) => {
          const given = theme.components?.[name]?.styles;
          return [name, { styles: (props: Styled) => concatStyleSetsWithProps(props, given, correction) }];
        }),
      ),
    },
  });

export const lightTheme = corrected(Fluent2WebLightTheme);
/** Fluent 2 lightens what lies under a dialog in the dark; it should step back there too. */
export const darkTheme = corrected({
  ...Fluent2WebDarkTheme,
  palette: { ...Fluent2WebDarkTheme.palette, blackTranslucent40: 'rgba(0, 0, 0, 0.4)' },
});

const highContrast = {
  ground: '#000000',
  text: '#ffffff',
  accent: '#ffff00',
  link: '#3ff23f',
  error: '#ff8a8a',
  border: '#ffffff',
};

/** White and yellow on black, every border drawn, in the manner of Windows' own high-contrast themes. */
export const highContrastTheme: Theme = createTheme({
  ...darkTheme,
  isInverted: true,
  palette: {
    ...darkTheme.palette,
    themePrimary: highContrast.accent,
    themeSecondary: highContrast.accent,
    themeTertiary: highContrast.accent,
    themeDark: highContrast.accent,
    themeDarkAlt: highContrast.accent,
    themeDarker: highContrast.accent,
    themeLight: '#4d4d00',
    themeLighter: '#333300',
    themeLighterAlt: '#1a1a00',
    white: highContrast.ground,
    black: highContrast.text,
    neutralDark: highContrast.text,
    neutralPrimary: highContrast.text,
    neutralPrimaryAlt: highContrast.text,
    neutralSecondary: highContrast.text,
    neutralSecondaryAlt: highContrast.text,
    neutralTertiary: '#c8c8c8',
    neutralTertiaryAlt: highContrast.border,
    neutralQuaternary: highContrast.border,
    neutralQuaternaryAlt: highContrast.border,
    neutralLight: '#2b2b2b',
    neutralLighter: '#1f1f1f',
    neutralLighterAlt: highContrast.ground,
    redDark: highContrast.error,
    red: highContrast.error,
  },
  semanticColors: {
    ...darkTheme.semanticColors,
    bodyBackground: highContrast.ground,
    bodyStandoutBackground: highContrast.ground,
    bodyText: highContrast.text,
    bodySubtext: highContrast.text,
    bodyDivider: highContrast.border,
    link: highContrast.accent,
    linkHovered: highContrast.accent,
    inputBackground: highContrast.ground,
    inputBorder: highContrast.border,
    inputText: highContrast.text,
    inputPlaceholderText: '#d0d0d0',
    errorText: highContrast.error,
    primaryButtonBackground: highContrast.accent,
    primaryButtonBackgroundHovered: '#ffffff',
    primaryButtonBackgroundPressed: '#ffffff',
    primaryButtonText: highContrast.ground,
    primaryButtonTextHovered: highContrast.ground,
    primaryButtonTextPressed: highContrast.ground,
    buttonBackground: highContrast.ground,
    buttonBorder: highContrast.border,
    buttonText: highContrast.text,
    listBackground: highContrast.ground,
    listHeaderBackgroundHovered: '#1f1f1f',
    listItemBackgroundHovered: '#1f1f1f',
    menuBackground: highContrast.ground,
    menuDivider: highContrast.border,
    focusBorder: highContrast.accent,
  },
});
