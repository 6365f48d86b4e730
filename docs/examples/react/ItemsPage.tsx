import { useCallback, useEffect, useState } from 'react';
import { useUser } from 'token-vigil/react';
import { loadItems } from '../shared/loadItems.ts';

export const ItemsPage = () => {
  const user = useUser({ required: true });
  const [items, setItems] = useState<readonly string[]>();
  const [error, setError] = useState('');
  const load = useCallback(() => {
    setError('');
    loadItems().then(setItems, (thrown: Error) => setError(thrown.message));
  }, []);
  useEffect(load, [load]);
  return (
    <>
      <h1>Items of {user.name}</h1>
      {!items && !error && <p>One moment …</p>}
      <ul>
        {items?.map((item) => (
          <li key={item} id={item}>
            {item}
          </li>
        ))}
      </ul>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <button onClick={load}>Load again</button>
    </>
  );
};
