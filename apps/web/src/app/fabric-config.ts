/**
 * Settings that Fluent reads from `window` while its modules load, so this file is imported before any of them.
 * No fonts or icons from a CDN; and its style tags carry the nonce of this answer's content security policy.
 */
type CspSettings = { nonce: string } | undefined;
type FluentSettings = {
  FabricConfig?: { fontBaseUrl: string; mergeStyles: { cspSettings: CspSettings } };
  /** Of load-themed-styles, which the pickers still use. */
  CSPSettings?: CspSettings;
};

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

const cspSettings: CspSettings = nonce ? { nonce } : undefined;

Object.assign(window as Window & FluentSettings, {
  FabricConfig: { fontBaseUrl: '', mergeStyles: { cspSettings } },
  CSPSettings: cspSettings,
} satisfies FluentSettings);
