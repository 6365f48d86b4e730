/** The `error` of an OAuth answer. Servers and addresses can say anything there, a token too: that is not repeated. */
export const oauthWord = (error: string): string => (/^[a-z_]{1,40}$/.test(error) ? error : 'unknown_error');
