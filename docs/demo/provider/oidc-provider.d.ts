// The package's main module prints a warning about Node 20 when it is imported; these parts of it do not.

declare module 'oidc-provider/lib/provider.js' {
  export { default as Provider } from 'oidc-provider';
}

declare module 'oidc-provider/lib/helpers/errors.js' {
  import { errors } from 'oidc-provider';
  export class InvalidGrant extends errors.InvalidGrant {}
}
