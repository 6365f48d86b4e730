/** The time as tokens state it: whole seconds since 1970, rounded down as oidc-provider does. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
