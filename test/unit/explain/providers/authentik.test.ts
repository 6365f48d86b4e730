import { testProvider } from './recorded.ts';
import { authentikRecord } from './authentikRecord.ts';

testProvider('authentik', authentikRecord);
