/* @jsxImportSource solid-js */
import { type JSX, onMount } from 'solid-js';
import { RequireUser } from 'token-vigil/solid';
import { pages } from '../shared/pages.ts';

const GoTo = (props: { page: string }) => {
  onMount(() => pages.replace(props.page));
  return null;
};

/** A page that needs a session. When that is over, another page takes its place. */
export const Guard = (props: { children: JSX.Element }) => (
  <RequireUser fallback={<p>One moment …</p>} ended={<GoTo page="/ended" />} signedOut={<GoTo page="/" />}>
    {props.children}
  </RequireUser>
);
