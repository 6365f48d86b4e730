/** Where the demo's provider and API are. An app of yours writes this down, or has it from its build. */
export interface Settings {
  readonly issuer: string;
  readonly clientId: string;
  readonly apiOrigin: string;
  readonly idle: { readonly after: number; readonly warnBefore: number };
  /** How long an access token lives, where that is known: the length of the bar. */
  readonly tokenLife?: number;
}

const response = await fetch('/settings.json');

export const settings = (await response.json()) as Settings;
