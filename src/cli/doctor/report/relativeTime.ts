const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

const amountOf = (seconds: number): string => {
  // Up to two of a unit the smaller one says more.
  const unit = units.find((each) => seconds >= each.seconds * 2) ?? units[3];
  return `${Math.floor(seconds / unit.seconds)} ${unit.name}`;
};

/** An instant as seen from another, both in seconds since 1970: `in 4 min`, `12 s ago`, `now`. */
export const relativeTime = (atSeconds: number, nowSeconds: number): string => {
  const seconds = Math.round(atSeconds - nowSeconds);
  if (seconds === 0) return 'now';
  return seconds > 0 ? `in ${amountOf(seconds)}` : `${amountOf(-seconds)} ago`;
};
