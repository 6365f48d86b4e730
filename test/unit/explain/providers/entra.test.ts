import { testProvider } from './recorded.ts';
import { entraRecord } from './entraRecord.ts';

testProvider('entra', entraRecord);
