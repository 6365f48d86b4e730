const REGISTERED =
  /^(invalid_(request(_uri|_object)?|client|grant|scope|target|authorization_details|dpop_proof)|unauthorized_client|access_denied|unsupported_(response|grant)_type|server_error|temporarily_unavailable|(interaction|login|account_selection|consent)_required|(request|request_uri|registration)_not_supported|unmet_authentication_requirements)$/;

/**
 * Whether this is an error code that an authorization server sends a page back with, as OAuth and OpenID have registered
 * them (IANA, OAuth Extensions Error Registry). Any other `error` in a URL is the app's own parameter.
 */
export const isRegisteredError = (error: string): boolean => REGISTERED.test(error);
