import type { ReactNode } from "react";

import { ProblemBox } from "../parts/problem-box.tsx";
import { PlanSkeleton, PlanView } from "./plan-view.tsx";
import type { Understanding } from "./understanding.ts";

interface UnderstandingViewProps {
  readonly understanding: Understanding;
  readonly lit: string | undefined;
  readonly onLight: (key: string | undefined) => void;
}

export function UnderstandingView({
  understanding,
  lit,
  onLight,
}: UnderstandingViewProps): ReactNode {
  switch (understanding.state) {
    case "nothing":
      return <p className="quiet">The plan appears here while you write.</p>;
    case "reading":
      return <PlanSkeleton />;
    case "understood":
      return <PlanView plan={understanding.plan} lit={lit} onLight={onLight} />;
    case "unknown":
      return <ProblemBox problem={understanding.problem} />;
    case "refused":
      return <RefusalView {...understanding} />;
  }
}

function RefusalView({ refusal }: Extract<Understanding, { state: "refused" }>): ReactNode {
  return (
    <div className="problem" data-tone="red" role="alert">
      <div className="title">{refusal.message}</div>
      {refusal.details.map(({ text, reason, suggestion }) => (
        <div key={`${text} ${reason}`} style={{ marginTop: 10 }}>
          {text === "" ? null : <q className="clause">{text}</q>}
          <p>{reason}</p>
          <p className="quiet">{suggestion}</p>
        </div>
      ))}
    </div>
  );
}
