import { Title } from "@mantine/core";
import type { ReactNode } from "react";

interface InstructionsPanesProps {
  readonly words: ReactNode;
  readonly plan: ReactNode;
  /** Beside the heading of the words. */
  readonly beside?: ReactNode;
}

/** The words at left, the plan that they became at right; one above the other where there is little room. */
export function InstructionsPanes({ words, plan, beside }: InstructionsPanesProps): ReactNode {
  return (
    <div className="panes">
      <section aria-label="Instructions" className="panel panel-pad">
        <div className="pane-head">
          <Title order={2}>Instructions</Title>
          {beside}
        </div>
        {words}
      </section>
      <section aria-label="What they became">
        <div className="pane-head">
          <Title order={2}>Plan</Title>
        </div>
        {plan}
      </section>
    </div>
  );
}
