import { describeConnectorContract } from '../connector-contract.ts';
import { lakeAccount, openLakeSubject } from '../testing/lake-subject.ts';
import { adlsGen2Connector } from './connector.ts';

describeConnectorContract(() => openLakeSubject(adlsGen2Connector, lakeAccount));
