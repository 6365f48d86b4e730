/** What `token-vigil doctor --help` says. */
export const doctorUsage = `token-vigil doctor: why a token endpoint says no, and what to change

  npx token-vigil doctor request.txt                           a failing request, with its answer if you have it
  pbpaste | npx token-vigil doctor                             … from the clipboard of macOS
  wl-paste | npx token-vigil doctor                            … of Linux (or xclip -o -sel c, xsel -ob)
  Get-Clipboard -Raw | npx token-vigil doctor                  … of Windows, in PowerShell
  npx token-vigil doctor --issuer https://id.example.com/realms/app --client-id web

What to look at
  <file|->                   what you have: "Copy as cURL", curl -i or -v with its output, a HAR file, a collection
                             of Postman or Insomnia, a .bru or .http file, a command of httpie, wget or PowerShell, a call
                             of fetch, axios or Python's requests, HTTP as text; - is standard input
  --curl <file|->            the same
  --request <number>         which one, where there are several; else the one that failed
  --issuer <url>             the provider, as its discovery document states it
  --client-id <id>           the client, as the provider knows it; also for a variable in the request
  --token-endpoint <url>     where discovery cannot be used
  --origin <origin>          the page's origin, such as https://app.example.com: checks CORS
  --scope <scope>            for a set-up that sends one

What the server said to you, if you know it and it does not stand below the request
  --answer <file|->          the answer as you have it: headers, JSON, a page
  --status <number>          such as 401
  --error <code>             such as invalid_client, or the whole JSON
  --error-description <text>

Secrets never come on the command line; given beside a request, they stand in for its variables
  --refresh-token-file <file|->    or TOKEN_VIGIL_REFRESH_TOKEN
  --access-token-file <file|->     or TOKEN_VIGIL_ACCESS_TOKEN
  --client-secret-file <file|->    or TOKEN_VIGIL_CLIENT_SECRET
  --prompt                         asks for those that are missing, without showing them

How
  --offline                  looks at the request only; nothing is sent
  --spend                    sends the request as it is, once. Where refresh tokens rotate, yours is then used up
  --json                     for scripts
  --help, --version

What is sent, unless --offline is given
  GET      the discovery document: nothing of yours
  POST     the token endpoint, as your request does it and as it should: client id, client secret, a junk token
  OPTIONS  the token endpoint, for a page: its origin, names of headers
  GET      the authorization endpoint, if a Keycloak refuses the client: client id, response_type=code, scope=openid

Exit status: 0 healthy, 1 a fault was found, 2 cannot tell, or bad usage.
`;
