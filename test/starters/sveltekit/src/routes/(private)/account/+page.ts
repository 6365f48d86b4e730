// A server knows nobody: there is nothing that it could show here.
export const ssr = false;
