import type { RankedCause } from '../../explain/explanation.ts';
import type { Tool } from '../paste/toolOf.ts';

/** How each of them sends a form. */
export const formIn: { readonly [tool in Tool]: string } = {
  bruno: 'In Bruno: "Body", "Form URL Encoded".',
  curl: 'In curl: `-d name=value` for each field, without `-F`, `--json` and `-H "Content-Type: …"`.',
  httpie: 'In HTTPie: `--form`, not `--json` or `--multipart`.',
  insomnia: 'In Insomnia: "Body", "Form URL Encoded".',
  javascript: 'In JavaScript: `new URLSearchParams({…})` as the body, not `FormData` or `JSON.stringify`.',
  postman: 'In Postman: "Body", "x-www-form-urlencoded".',
  powershell:
    "In PowerShell: `-Body @{ grant_type = '…' }`, without `ConvertTo-Json`, `-Form` and `-ContentType`.",
  python: 'In Python: `data={…}`, not `json=`, `files=` or `params=`.',
  wget: "In wget: `--post-data='name=value&name=value'`.",
};

const OF_FORM =
  /^(?:multipart-body|json-body|body-missing|parameters-in-query|content-type-wrong|body-not-a-form)$/;

/** A cause with how a form is sent by the tool that did not send one. */
export const inTool = (cause: RankedCause, tool: Tool | undefined): RankedCause =>
  tool && OF_FORM.test(cause.id) ? { ...cause, remedy: `${cause.remedy} ${formIn[tool]}` } : cause;
