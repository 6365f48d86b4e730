import type { Location } from '@angular/common';

/** A path from the base on, as the router knows it: with `withHashLocation()` it is what follows the `#`. */
export const routerPath = (location: Location, path: string): string =>
  location.prepareExternalUrl('/').startsWith('#') ? path.replace(/^[^#]*#?/, '') || '/' : path;
