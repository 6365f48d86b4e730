import { testProvider } from './recorded.ts';
import { cognitoRecord } from './cognitoRecord.ts';

testProvider('cognito', cognitoRecord);
