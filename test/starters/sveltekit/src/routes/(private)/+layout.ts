import { sessionGuard } from 'token-vigil/svelte/kit';
import { session } from '$lib/session';

export const load = sessionGuard(session);
