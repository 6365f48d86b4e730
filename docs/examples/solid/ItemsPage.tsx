/* @jsxImportSource solid-js */
import { createResource, For, Show } from 'solid-js';
import { useUser } from 'token-vigil/solid';
import { loadItems } from '../shared/loadItems.ts';

export const ItemsPage = () => {
  const user = useUser({ required: true });
  const [items, { refetch }] = createResource(loadItems);
  return (
    <>
      <h1>Items of {user().name}</h1>
      <Show when={items.error} fallback={<List items={items()} />}>
        <p class="error" role="alert">
          {String(items.error)}
        </p>
      </Show>
      <button onClick={() => void refetch()}>Load again</button>
    </>
  );
};

const List = (props: { items: readonly string[] | undefined }) => (
  <ul>
    <For each={props.items ?? []} fallback={<p>One moment …</p>}>
      {(item) => <li id={item}>{item}</li>}
    </For>
  </ul>
);
