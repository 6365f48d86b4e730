import { testProvider } from './recorded.ts';
import { googleRecord } from './googleRecord.ts';

testProvider('google', googleRecord);
