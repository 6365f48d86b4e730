import type { RankedCause } from '../../explain/explanation.ts';
import type { Tool } from '../paste/toolOf.ts';

/** How each of them sends a form. */
export const formIn: { readonly [tool in Tool]: string } = {
  bruno: 'In Bruno: "Form URL Encoded".',
  curl: 'In curl: `-d name=value` for each field, no `-F`, `--json` or `Content-Type`.',
  httpie: 'In HTTPie: `--form`.',
  insomnia: 'In Insomnia: "Form URL Encoded".',
  javascript: 'In JavaScript: `new URLSearchParams({…})` as the body.',
  postman: 'In Postman: "x-www-form-urlencoded".',
  powershell: 'In PowerShell: `-Body @{…}`, without `ConvertTo-Json`, `-Form` and `-ContentType`.',
  python: 'In Python: `data={…}`.',
  wget: "In wget: `--post-data='name=value&…'`.",
};

const OF_FORM =
  /^(?:multipart-body|json-body|body-missing|parameters-in-query|content-type-wrong|body-not-a-form)$/;

/** A cause with how a form is sent by the tool that did not send one. */
export const inTool = (cause: RankedCause, tool: Tool | undefined): RankedCause =>
  tool && OF_FORM.test(cause.id) ? { ...cause, remedy: `${cause.remedy} ${formIn[tool]}` } : cause;
