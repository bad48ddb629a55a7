import { describeConnectorContract } from '../connector-contract.ts';
import { flatAccount, openLakeSubject } from '../testing/lake-subject.ts';
import { azureBlobConnector } from './connector.ts';

describeConnectorContract(() => openLakeSubject(azureBlobConnector, flatAccount));
