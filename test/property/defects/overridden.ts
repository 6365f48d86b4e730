/** The same thing with some of its properties replaced; its getters stay. */
export const overridden = <Thing extends object>(thing: Thing, properties: Partial<Thing>): Thing =>
  Object.defineProperties(thing, Object.getOwnPropertyDescriptors(properties));
