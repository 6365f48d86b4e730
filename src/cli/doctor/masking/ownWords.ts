import { causes } from '../../../explain/index.ts';
import { formIn } from '../inTool.ts';
import { doctorUsage } from '../doctorUsage.ts';

const names =
  'grant_type refresh_token authorization_code client_credentials client_id client_secret openid username';

/** Of several words each. */
const terms = ['form-data', 'multipart/form-data', 'x-www-form-urlencoded', 'content-disposition'];

const textOf = ({ title, remedy, check }: (typeof causes)[number]): string => `${title} ${remedy} ${check}`;

let words: ReadonlySet<string> | undefined;

/** The words that our own texts are made of, lower case. A password can be one of them, such as "password". */
export const ownWords = (): ReadonlySet<string> => {
  words ??= new Set([
    ...terms,
    ...[names, doctorUsage, ...Object.values(formIn), ...causes.map(textOf)]
      .join(' ')
      .toLowerCase()
      .split(/[^\w]+/),
  ]);
  return words;
};
