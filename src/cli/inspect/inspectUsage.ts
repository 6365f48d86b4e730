/** What `token-vigil inspect --help` says. */
export const inspectUsage = `token-vigil inspect: watch a session live, or open a recording of one

  npx token-vigil inspect                                      prints an address to open, and a line for your app
  npx token-vigil inspect --origin https://app.example.com     … for an app that is not on this machine
  npx token-vigil inspect recording.json                       opens what the inspector has saved

  --port <number>        where it listens; 0 is any port that is free. Default: 7357
  --origin <origin>      pages of this origin may send too; can be repeated. Pages of this machine always may
  --help, --version

It listens on this machine only. The address works once, in one browser. Apps send with a token of their own.
Ctrl-C ends it, and nothing is kept.
Exit status: 0 ended by Ctrl-C, 2 it could not start, or bad usage.
`;
