import type { ReactNode } from "react";

import type { PlanUse } from "./plan-view.tsx";
import type { Remark } from "./understanding.ts";

interface RemarksViewProps extends PlanUse {
  readonly remarks: readonly Remark[];
}

/** What was taken for remarks, so that nobody waits for a step of it. */
export function RemarksView({ remarks, lit, onLight, onFind }: RemarksViewProps): ReactNode {
  if (remarks.length === 0) return null;
  return (
    <section className="remarks quiet" aria-label="Said in passing">
      <p>Said in passing, no step comes of it:</p>
      <ul>
        {remarks.map(({ key, words }) => (
          <li key={key} data-lit={key === lit}>
            <button
              type="button"
              className="plan-find"
              title="Show these words"
              onClick={() => onFind(key)}
              onMouseEnter={() => onLight(key)}
              onMouseLeave={() => onLight(undefined)}
              onFocus={() => onLight(key)}
              onBlur={() => onLight(undefined)}
            >
              <q>{words}</q>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
