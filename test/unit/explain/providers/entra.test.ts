import { entraB2cRecord } from './entraB2cRecord.ts';
import { entraRecord } from './entraRecord.ts';
import { testProvider } from './recorded.ts';

testProvider('entra', [...entraRecord, ...entraB2cRecord]);
