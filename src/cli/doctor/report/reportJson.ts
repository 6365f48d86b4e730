import { exitStatusOf } from '../verdict.ts';
import type { Report } from './report.ts';

/** The shape that `docs/doctor.md` describes. It changes with `version` only. */
export const reportJson = ({
  verdict,
  endpoint,
  causes,
  failure,
  asked,
  notes,
  corrected,
}: Report): object => ({
  version: 1,
  verdict: verdict.kind,
  exitStatus: exitStatusOf(verdict),
  summary: verdict.summary,
  endpoint: endpoint ?? null,
  causes,
  answer: failure.answer ?? null,
  noAnswer: failure.answer ? null : (failure.noAnswer ?? null),
  request: failure.request ?? null,
  server: failure.server ?? null,
  nowSeconds: failure.nowSeconds ?? null,
  asked,
  notes,
  corrected: corrected ?? null,
});
