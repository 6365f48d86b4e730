/** What `token-vigil doctor --help` says. */
export const doctorUsage = `token-vigil doctor: why a token endpoint says no, and what to change

  npx token-vigil doctor --curl request.txt                    a failing request, "Copy as cURL"
  pbpaste | npx token-vigil doctor                             … on standard input
  npx token-vigil doctor --issuer https://id.example.com/realms/app --client-id web

What to look at
  --curl <file|->            the request as a curl command (bash or Windows form); - is standard input
  --issuer <url>             the provider, as its discovery document states it
  --client-id <id>           the client, as the provider knows it
  --token-endpoint <url>     where discovery cannot be used
  --origin <origin>          the page's origin, such as https://app.example.com: checks CORS
  --scope <scope>            for a set-up that sends one

What the server said to you, if you know it
  --status <number>          such as 401
  --error <code>             such as invalid_client
  --error-description <text>

Secrets never come on the command line
  --refresh-token-file <file|->    or TOKEN_VIGIL_REFRESH_TOKEN
  --access-token-file <file|->     or TOKEN_VIGIL_ACCESS_TOKEN
  --client-secret-file <file|->    or TOKEN_VIGIL_CLIENT_SECRET
  --prompt                         asks for those that are missing, without showing them

How
  --offline                  looks at the request only; nothing is sent
  --spend                    sends the request as it is, once. Where refresh tokens rotate, yours is then used up
  --json                     for scripts
  --help, --version

Without --spend nothing of the request is sent but its client, with a junk token, to a token endpoint.
Exit status: 0 healthy, 1 a fault was found, 2 cannot tell, or bad usage.
`;
