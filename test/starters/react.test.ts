import { testStarter } from '../support/starterContract.ts';

testStarter('react');
