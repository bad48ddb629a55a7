/** The people of demo mode's environment, one per role. */
export const demoAccounts = [
  { email: 'admin@contoso.example', name: 'Ada Admin', role: 'admin' },
  { email: 'contributor@contoso.example', name: 'Chris Contributor', role: 'contributor' },
  { email: 'viewer@contoso.example', name: 'Vera Viewer', role: 'viewer' },
] as const;
