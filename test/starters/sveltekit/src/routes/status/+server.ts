import { session } from '$lib/session';

/** What the server itself knows: nothing, whatever it has rendered. */
export const GET = (): Response => new Response(session.status);
