import { describeLocalConnectorContract } from '../connector-contract.ts';
import { localFolderConnector } from './connector.ts';
import { openLocalSubject } from './testing/local-subject.ts';

describeLocalConnectorContract(localFolderConnector, openLocalSubject);
