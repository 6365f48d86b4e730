import type { HttpRequest } from '../curl/httpRequest.ts';
import { headerOf } from '../request/headerOf.ts';

/** What sends a request, as far as it matters for how to write one. */
export type Tool =
  | 'bruno'
  | 'curl'
  | 'httpie'
  | 'insomnia'
  | 'javascript'
  | 'postman'
  | 'powershell'
  | 'python'
  | 'wget';

/** How they call themselves. PowerShell begins like a browser. */
const agents: readonly (readonly [name: RegExp, tool: Tool])[] = [
  [/PowerShell/, 'powershell'],
  [/^PostmanRuntime/, 'postman'],
  [/^python-/i, 'python'],
  [/^(?:Mozilla|axios|node|got|undici|ky)\b/, 'javascript'],
];

/** What sent the request first: browsers and others write it as a command of curl. */
export const toolOf = (request: HttpRequest, written: Tool | undefined): Tool | undefined => {
  const agent = headerOf(request, 'user-agent') ?? '';
  const named = agents.find(([name]) => name.test(agent))?.[1];
  const isOfPage = ['sec-fetch-mode', 'origin'].some((name) => headerOf(request, name) !== undefined);
  return named ?? (isOfPage && written === 'curl' ? 'javascript' : written);
};
