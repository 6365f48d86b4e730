import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/explain/explain.ts';
import { liveRecord } from './liveRecord.ts';

describe('what Keycloak 23.0.3 and 26.7.3 were seen to answer', () => {
  it.each(liveRecord)('$what: $first comes first', ({ failure, first }) => {
    expect(explain(failure)[0]).toMatchObject({ id: first });
  });

  it('only what nothing tells apart stays merely possible', () => {
    const open = liveRecord.filter(({ failure }) => explain(failure)[0]?.certainty === 'possible');
    expect(new Set(open.map(({ first }) => first))).toEqual(
      new Set(['session-ended', 'user-credentials-wrong']),
    );
  });
});
