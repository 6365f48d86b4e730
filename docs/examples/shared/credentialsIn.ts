/** What was typed into a sign-in form. */
export const credentialsIn = (event: Event): { username: string; password: string } =>
  Object.fromEntries(new FormData(event.target as HTMLFormElement)) as ReturnType<typeof credentialsIn>;
