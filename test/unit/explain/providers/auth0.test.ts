import { testProvider } from './recorded.ts';
import { auth0Record } from './auth0Record.ts';

testProvider('auth0', auth0Record);
