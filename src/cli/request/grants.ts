import { nearest, spelt } from '../../explain/fieldNames.ts';

/** The fields that only one grant has a use for. */
const grants = {
  refresh_token: ['refresh_token'],
  password: ['username', 'password'],
  authorization_code: ['code', 'code_verifier', 'redirect_uri'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const speltGrants = [...Object.keys(grants), 'client_credentials'].map(spelt);

/** The grant that the value of `grant_type` stands for, slips forgiven. */
export const grantMeantBy = (grantType: string): string | undefined => nearest(grantType, speltGrants);

/** Whether a field belongs to another grant than this one. */
export const isOfOtherGrant = (name: string, grantType: string): boolean =>
  Object.entries(grants).some(
    ([grant, names]) => grant !== grantType && (names as readonly string[]).includes(name),
  );
