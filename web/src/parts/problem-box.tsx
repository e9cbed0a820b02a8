import { IconAlertTriangle, IconCircleX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Problem } from "#contract/problem.ts";

type ShownProblem = Pick<Problem, "title" | "detail" | "suggestion" | "errors" | "problems">;

interface ProblemBoxProps {
  readonly problem: ShownProblem;
  readonly tone?: "red" | "orange" | "amber";
  /** The one button that does what is suggested. */
  readonly action?: ReactNode;
}

/** What happened, why, what to do: in place, where it happened. */
export function ProblemBox({ problem, tone = "red", action }: ProblemBoxProps): ReactNode {
  const { title, detail, suggestion } = problem;
  const errors = [...(problem.errors ?? []), ...inPlan(problem)];
  const Icon = tone === "red" ? IconCircleX : IconAlertTriangle;
  return (
    <div className="problem" data-tone={tone} role="alert">
      <div className="title">
        <Icon size={16} aria-hidden />
        {title}
      </div>
      {detail === title ? null : <p>{detail}</p>}
      {errors.length === 0 ? null : (
        <ul>
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === "" ? null : <strong>{path} </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
      {suggestion === undefined ? null : <p className="quiet">{suggestion}</p>}
      {action === undefined ? null : <div style={{ marginTop: 10 }}>{action}</div>}
    </div>
  );
}

/** Where several things of a plan are wrong, each with its step; a single one is told by the problem itself. */
function inPlan({ problems = [] }: ShownProblem): readonly {
  readonly path: string;
  readonly message: string;
}[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length < 2) return [];
  return errors.map(({ path, message }) => ({
    path: path === "" || path === "trigger" ? path : `Step ${path}`,
    message,
  }));
}
