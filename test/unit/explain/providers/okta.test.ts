import { testProvider } from './recorded.ts';
import { oktaRecord } from './oktaRecord.ts';

testProvider('okta', oktaRecord);
