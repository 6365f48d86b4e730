import { testProvider } from './recorded.ts';
import { hydraRecord } from './hydraRecord.ts';

testProvider('hydra', hydraRecord);
