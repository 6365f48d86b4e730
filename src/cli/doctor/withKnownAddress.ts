import { isTokenAddress } from '../../explain/endpointOf.ts';
import { namesOf, variablesIn } from '../curl/address.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { bodyFieldsOf } from '../request/bodyFields.ts';
import { unfilledIn } from '../paste/document/variables.ts';
import { namesGrant } from '../request/namesGrant.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import { endpointOfIssuer } from './issuers.ts';

const isOfToken = ({ url, body }: HttpRequest): boolean =>
  isTokenAddress(url) || namesGrant(bodyFieldsOf(body).fields);

const remedyFor = (names: string): string => {
  const [name = 'URL'] = /[A-Za-z_]\w*/.exec(names) ?? [];
  return names.startsWith('{{')
    ? `\`@${name} = …\`; of a collection of Postman, its exported environment below it in the same file`
    : `\`${name}=…\``;
};

/** Who has a variable of Postman in the address has it elsewhere, too. */
const templatesIn = ({ url, headers, body }: HttpRequest): readonly string[] =>
  url.includes('{{')
    ? unfilledIn([...headers, ...bodyFieldsOf(body).fields].map(([, value]) => value).join('\n'))
    : [];

/** A request whose address has a variable in it, at the token endpoint that the options name; and what there is to say of it. */
export const withKnownAddress = (
  request: HttpRequest,
  { issuer, tokenEndpoint }: DoctorOptions,
): { readonly request: HttpRequest; readonly notes: readonly string[] } => {
  const variables = variablesIn(request.url);
  if (variables.length === 0) return { request, notes: [] };
  const names = namesOf(variables);
  const what = `The address has a variable in it (${names})`;
  const filledIn = [...(request.filledIn ?? []), ...templatesIn(request)];
  const url = tokenEndpoint ?? endpointOfIssuer(issuer);
  if (url !== undefined && isOfToken(request))
    return {
      request: { ...request, url, filledIn, isSchemeAssumed: undefined },
      notes: [`${what}. It is taken for the token endpoint that the options name.`],
    };
  return {
    request: { ...request, filledIn },
    notes: [
      `${what}, so nothing was sent there. Put its value there, give it one in a line above (${remedyFor(names)}), or name the server with --issuer.`,
    ],
  };
};
