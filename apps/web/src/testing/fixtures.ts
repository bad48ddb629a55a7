import type { Environment, GroupRole, Me, Member, ServiceAccount } from '@junction/contracts';

let count = 0;

/** A new UUID, readable in failures: they differ in their last digits. */
export const anId = (): string => {
  count += 1;
  return `01930000-0000-7000-8000-${String(count).padStart(12, '0')}`;
};

export const someTime = '2026-11-21T12:00:00Z';

export const aMe = (changes: Partial<Me> = {}): Me => ({
  id: anId(),
  kind: 'person',
  name: 'Ada Admin',
  email: 'admin@contoso.example',
  hasPassword: true,
  identity: null,
  theme: 'system',
  timeZone: 'Europe/Berlin',
  canCreateEnvironments: true,
  etag: '"me-1"',
  ...changes,
});

export const anEnvironment = (changes: Partial<Environment> = {}): Environment => ({
  id: anId(),
  name: 'Contoso',
  type: 'production',
  owner: { id: anId(), name: 'Olga Owner' },
  role: 'admin',
  pausedAt: null,
  createdAt: someTime,
  etag: '"environment-1"',
  ...changes,
});

export const aMember = (changes: Partial<Member> = {}): Member => ({
  id: anId(),
  kind: 'person',
  name: 'Carl Contributor',
  email: 'contributor@contoso.example',
  role: 'contributor',
  roleFrom: 'hand',
  groupName: null,
  isOwner: false,
  hasSignedIn: true,
  addedAt: someTime,
  etag: '"member-1"',
  ...changes,
});

export const aGroupRole = (changes: Partial<GroupRole> = {}): GroupRole => ({
  id: anId(),
  value: '6d0f8a52-1111-4222-8333-444455556666',
  name: 'Data team',
  role: 'contributor',
  memberCount: 2,
  createdAt: someTime,
  etag: '"group-role-1"',
  ...changes,
});

export const aServiceAccount = (changes: Partial<ServiceAccount> = {}): ServiceAccount => ({
  id: anId(),
  name: 'Nightly loads',
  role: 'contributor',
  isYours: true,
  tokenCount: 0,
  lastUsedAt: null,
  nextExpiryAt: null,
  createdAt: someTime,
  etag: '"service-account-1"',
  ...changes,
});
