/** How a connection proves who it is. The last three have no key of the account: a token that Microsoft Entra gives them opens it. */
export const authentications = [
  'sharedKey',
  'sas',
  'servicePrincipalSecret',
  'servicePrincipalCertificate',
  'serverIdentity',
] as const;

export type AuthenticationKind = (typeof authentications)[number];

export type ServicePrincipalKind = 'servicePrincipalSecret' | 'servicePrincipalCertificate';

export const servicePrincipals = ['servicePrincipalSecret', 'servicePrincipalCertificate'] as const;

export const isServicePrincipal = (kind: AuthenticationKind): kind is ServicePrincipalKind =>
  (servicePrincipals as readonly string[]).includes(kind);

/** What a form calls them, beside the words for key and SAS token, which every connector has its own for. */
export const identityChoices = {
  servicePrincipalSecret: 'Service principal (client secret)',
  servicePrincipalCertificate: 'Service principal (certificate)',
  serverIdentity: "The server's own identity",
} as const;

/** What choosing one of them means, in a line under its words. */
export const identityChoiceHelp = {
  servicePrincipalSecret:
    'An app registration in Microsoft Entra that has a role on the container. Its secret ends on a day.',
  servicePrincipalCertificate: 'The same with a certificate, whose private key is never sent.',
  serverIdentity: 'The managed identity of the machine that Junction runs on. There is no secret to keep.',
} as const;
