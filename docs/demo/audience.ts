/** Who the demo's access tokens are for, however many origins serve the API. */
export const demoAudience = 'urn:token-vigil:demo-api';
