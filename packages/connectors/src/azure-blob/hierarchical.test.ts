import { describeConnectorContract } from '../connector-contract.ts';
import { lakeAccount, openLakeSubject } from '../testing/lake-subject.ts';
import { azureBlobConnector } from './connector.ts';
import { blobInSmallPages } from './testing/in-small-pages.ts';

// Blob Storage on an account with real folders.
describeConnectorContract(azureBlobConnector, () => openLakeSubject(lakeAccount, blobInSmallPages));
