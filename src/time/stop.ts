/** Ends what the function that returned it has started. */
export type Stop = () => void;
