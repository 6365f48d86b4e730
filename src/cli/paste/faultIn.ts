import type { Certainty } from '../../explain/explanation.ts';
import { explain } from '../../explain/index.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';

/** How sure it is that a request is faulty, by reading alone; `undefined`: nothing was found. */
export const faultIn = (request: HttpRequest, nowSeconds: number): Certainty | undefined =>
  explain({ request: requestShapeOf(request), nowSeconds })[0]?.certainty;
