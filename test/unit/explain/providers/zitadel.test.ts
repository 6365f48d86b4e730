import { testProvider } from './recorded.ts';
import { zitadelRecord } from './zitadelRecord.ts';

testProvider('zitadel', zitadelRecord);
