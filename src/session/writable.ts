/**
 * An object as its maker sees it: what others only read is a plain property that it sets itself. An accessor in an object
 * literal costs each object a hidden class of its own (0.4 to 0.8 kB a piece, of what a session in a server weighs).
 */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
