import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";

import type { PlanCard as Card } from "./plan-cards.ts";

interface PlanCardProps {
  readonly card: Card;
  readonly isLit: boolean;
  readonly onLight: (path: string | undefined) => void;
  /** Shows the words that the step came from. */
  readonly onFind: (path: string) => void;
  readonly onEdit?: ((path: string) => void) | undefined;
  /** What is wrong with it. */
  readonly notes?: ReactNode;
  /** The step's form, while it is open. */
  readonly children?: ReactNode;
}

/** A step as a person reads it, indented under its decision. Hover and focus light its words. */
export const PlanCard = memo(function PlanCard(props: PlanCardProps): ReactNode {
  const { card, isLit, onLight, onFind, onEdit, notes, children } = props;
  const { path, depth, branch, label, isBuilt } = card;
  return (
    // Hovering lights the words that stand beside it; the buttons in it do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="plan-card"
      style={{ marginLeft: depth * 20 }}
      data-path={path}
      data-lit={isLit}
      data-tone={isBuilt ? undefined : "orange"}
      onMouseEnter={() => onLight(path)}
      onMouseLeave={() => onLight(undefined)}
      onFocus={() => onLight(path)}
      onBlur={() => onLight(undefined)}
    >
      {branch === undefined ? null : <div className="plan-branch">{branch}</div>}
      <div className="plan-head">
        <button
          type="button"
          className="plan-find"
          title="Show its words"
          onClick={() => onFind(path)}
        >
          <span className="plan-number">{path.split(".").at(-1)}</span>
          <strong>{label}</strong>
        </button>
        {isBuilt ? null : <span className="chip">not built yet</span>}
        {onEdit === undefined ? null : (
          <ActionIcon
            className="plan-edit"
            size="sm"
            aria-label={`Edit step ${path}: ${label}`}
            onClick={() => onEdit(path)}
          >
            <IconPencil size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {children ?? <Lines lines={card.lines} />}
      {notes}
    </li>
  );
});

function Lines({ lines }: Pick<Card, "lines">): ReactNode {
  if (lines.length === 0) return null;
  return (
    <dl className="plan-lines">
      {lines.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
