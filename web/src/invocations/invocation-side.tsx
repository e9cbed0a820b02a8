import type { ReactNode } from "react";

import type { Invocation } from "#contract/shapes/invocations.ts";

import { Sparkline } from "../parts/sparkline.tsx";
import { Cost } from "./cost.tsx";
import { type Figure, pathOf, resourceFigures, resourceLines } from "./resources.ts";
import { startFigures, toolFigures } from "./start-figures.ts";
import { isCommand, tokenBuckets } from "./words.ts";

interface InvocationProps {
  readonly invocation: Invocation;
}

/** What it used, and how it was started. */
export function InvocationSide({ invocation }: InvocationProps): ReactNode {
  return (
    // It scrolls by itself where it is long, so it can be reached by keys.
    <aside className="invocation-side" aria-label="Usage" tabIndex={0}>
      {isCommand(invocation) ? null : <Usage invocation={invocation} />}
      <Resources invocation={invocation} />
      <Figures title="Started with" figures={startFigures(invocation)} />
    </aside>
  );
}

function Usage({ invocation }: InvocationProps): ReactNode {
  const { tokens } = invocation;
  return (
    <section>
      <h2>Cost and tokens</h2>
      <dl className="side-figures">
        <div>
          <dt>Cost</dt>
          <dd>
            <Cost of={invocation} />
          </dd>
        </div>
        <Rows figures={tokens === null ? [] : tokenBuckets(tokens)} />
        <Rows figures={toolFigures(invocation)} />
      </dl>
    </section>
  );
}

function Resources({ invocation }: InvocationProps): ReactNode {
  const lines = resourceLines(invocation.series);
  return (
    <section>
      <h2>Resources</h2>
      {lines.map(({ name, points, now, most }) => (
        <div key={name} className="chart">
          <div className="chart-head">
            <span>{name}</span>
            <span className="quiet">
              {now}, at most {most}
            </span>
          </div>
          <Sparkline path={pathOf(points)} label={`${name} over time: ${now}, at most ${most}`} />
        </div>
      ))}
      <dl className="side-figures">
        <Rows figures={resourceFigures(invocation)} />
      </dl>
    </section>
  );
}

function Figures({
  title,
  figures,
}: {
  readonly title: string;
  readonly figures: readonly Figure[];
}): ReactNode {
  if (figures.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <dl className="side-figures">
        <Rows figures={figures} />
      </dl>
    </section>
  );
}

function Rows({ figures }: { readonly figures: readonly Figure[] }): ReactNode {
  return figures.map(({ name, text }) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd data-unknown={text === "unknown"}>{text}</dd>
    </div>
  ));
}
