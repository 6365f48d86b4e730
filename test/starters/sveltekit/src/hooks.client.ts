import { goto, invalidate } from '$app/navigation';
import { resolve } from '$app/paths';
import { navigating, page } from '$app/state';
import { connectRouter } from 'token-vigil/svelte/kit';
import { session } from '$lib/session';

connectRouter(session, { goto, invalidate, navigating, page, base: resolve('/') }, { ended: '/ended' });
