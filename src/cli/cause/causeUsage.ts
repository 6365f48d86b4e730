/** What `token-vigil cause --help` says. */
export const causeUsage = `token-vigil cause: all that is known of a cause that the doctor or the library names

  npx token-vigil cause client-id-missing                      how it looks, why it happens, what to change, how to check
  npx token-vigil cause                                        the ids of all causes, by theme

Nothing is sent.
Exit status: 0 printed, 2 there is no such cause.
`;
