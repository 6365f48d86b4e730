import { useRemaining } from 'token-vigil/react';
import { settings } from '../shared/settings.ts';

/** A component of its own, since it renders four times a second. */
export const LifeBar = () => {
  const left = useRemaining('token', 250);
  if (left === null) return null;
  return <progress aria-label="Life of the access token" max={settings.tokenLife ?? 300_000} value={left} />;
};
