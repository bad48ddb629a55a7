import { describe, expect, it } from 'vitest';
import { describeConnectorContract } from '../connector-contract.ts';
import { sftpConnector } from './connector.ts';
import { findSshd } from './testing/openssh.ts';
import { openOpenSshSubject } from './testing/subjects.ts';

const sshd = findSshd();

describe(`OpenSSH (${sshd ?? 'not on this machine, so only the server of connector.test.ts was tried'})`, () => {
  if (sshd === undefined) it('could neither be found nor installed', () => expect(sshd).toBeUndefined());
  else describeConnectorContract(sftpConnector, () => openOpenSshSubject(sshd));
});
