/**
 * Settings that Fluent reads from `window` while its modules load, so this file is imported before any of them.
 * No fonts or icons from a CDN; and its style tags carry the nonce of this answer's content security policy.
 */
type FabricConfig = { fontBaseUrl: string; mergeStyles: { cspSettings: { nonce: string } | undefined } };

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

(window as Window & { FabricConfig?: FabricConfig }).FabricConfig = {
  fontBaseUrl: '',
  mergeStyles: { cspSettings: nonce ? { nonce } : undefined },
};
