import { field } from '../../manifest.ts';
import { servicePrincipals } from '../authentications.ts';
import { Authority, Certificate, ClientId, ClientSecret, ExpiresOn, TenantId } from './fields.ts';

const forServicePrincipals = { field: 'authentication', is: servicePrincipals };
const withSecret = { field: 'authentication', is: 'servicePrincipalSecret' };
const withCertificate = { field: 'authentication', is: 'servicePrincipalCertificate' };

/** The settings of every connector that identities sign in with. */
export const identitySettings = {
  tenantId: field(TenantId, {
    label: 'Tenant',
    help: 'The Directory (tenant) ID of the app registration, or a verified domain of the tenant.',
    placeholder: 'contoso.onmicrosoft.com',
    when: forServicePrincipals,
  }),
  clientId: field(ClientId, {
    label: 'Client ID',
    help: 'The Application (client) ID of the app registration.',
    placeholder: '01234567-89ab-cdef-0123-456789abcdef',
    when: forServicePrincipals,
  }),
  clientSecretExpiresOn: field(ExpiresOn, {
    label: 'Secret expires on',
    help: 'The day that the Azure portal shows beside the secret. Entra does not tell it to Junction, which warns before it only if it is noted here.',
    control: 'date',
    when: withSecret,
    isOptional: true,
  }),
};

/** After the endpoint, which it goes with. */
export const authorityField = field(Authority, {
  label: 'Authority',
  help: 'Only for emulators and private clouds: who gives the tokens, in place of Microsoft Entra in the cloud of the endpoint.',
  placeholder: 'https://login.microsoftonline.com',
  when: forServicePrincipals,
  isOptional: true,
  isAdvanced: true,
});

export const identitySecrets = {
  clientSecret: field(ClientSecret.optional(), {
    label: 'Client secret',
    help: 'The value of a secret under Certificates & secrets of the app registration, not its ID.',
    control: 'secret',
    when: withSecret,
  }),
  certificate: field(Certificate.optional(), {
    label: 'Certificate and private key',
    help: 'One PEM text with both, one below the other. The certificate is also under Certificates & secrets of the app registration; the key is only here.',
    placeholder: '-----BEGIN PRIVATE KEY-----',
    control: 'secretText',
    when: withCertificate,
  }),
};
