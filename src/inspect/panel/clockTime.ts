import type { Instant } from '../../time/clock.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The time of day, to the millisecond. */
export const clockTime = ({ wallMs }: Instant): string => {
  const date = new Date(wallMs);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};
