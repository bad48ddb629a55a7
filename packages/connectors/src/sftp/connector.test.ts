import { describeConnectorContract } from '../connector-contract.ts';
import { sftpConnector } from './connector.ts';
import { openPlainSubject } from './testing/subjects.ts';

describeConnectorContract(sftpConnector, () => openPlainSubject({ renameReplaces: true }));
