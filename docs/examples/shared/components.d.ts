/** What the compiler itself cannot read; `vue-tsc` and `svelte-check` do. */
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}

declare module '*.svelte' {
  export { SvelteComponent as default } from 'svelte';
}
