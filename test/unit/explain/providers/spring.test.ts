import { testProvider } from './recorded.ts';
import { springRecord } from './springRecord.ts';

testProvider('spring', springRecord);
