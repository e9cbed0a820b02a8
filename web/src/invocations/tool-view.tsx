import type { ReactNode } from "react";

import type { Look } from "../looks/looks.ts";
import { StatusIcon } from "../parts/status-icon.tsx";
import { Cuts } from "./cuts-view.tsx";
import type { ToolEntry, ToolState } from "./entries.ts";
import { Fold } from "./fold-view.tsx";
import { LongText } from "./long-text.tsx";
import { plainText } from "./plain-text.ts";
import { inputLines, relativeTo } from "./tool-input.ts";

const TOOL_LOOKS: Readonly<Record<ToolState, Look>> = {
  running: { word: "running", icon: "active", tone: "blue" },
  done: { word: "done", icon: "check", tone: "green" },
  failed: { word: "failed", icon: "cross", tone: "red" },
  denied: { word: "denied", icon: "stop", tone: "orange" },
  ended: { word: "ended", icon: "check", tone: "grey" },
  cut: { word: "no answer", icon: "question", tone: "grey" },
};

/** States that need a look are said in words beside the line. */
const SAID: ReadonlySet<ToolState> = new Set(["failed", "denied", "cut", "running"]);

interface ToolViewProps {
  readonly entry: ToolEntry;
  readonly folder: string;
  readonly isAllOpen: boolean;
  /** What the tool's own agent said and did. */
  readonly children: readonly ReactNode[];
}

export function ToolView({ entry, folder, isAllOpen, children }: ToolViewProps): ReactNode {
  const { key, name, gist, state, denial, input, output, cuts } = entry;
  const look = TOOL_LOOKS[state];
  return (
    <Fold
      name={key}
      isAllOpen={isAllOpen}
      head={
        <>
          <span className="tool-icon" data-tone={look.tone}>
            <StatusIcon name={look.icon} />
          </span>
          <strong className="nowrap">{name ?? "A tool"}</strong>
          <span className="gist mono">{plainText(relativeTo(folder, gist))}</span>
          {children.length === 0 ? null : (
            <span className="quiet nowrap">{children.length} within</span>
          )}
          <span className={SAID.has(state) ? "tool-state" : "hidden-word"} data-tone={look.tone}>
            {look.word}
          </span>
        </>
      }
    >
      {denial === null ? null : <p className="denial">{plainText(denial)}</p>}
      {name === null ? (
        <p className="quiet">Its call stands further up.</p>
      ) : (
        <Part title="Input" text={inputLines(input)} />
      )}
      {children.length === 0 ? null : <div className="inner">{children}</div>}
      <Part title="Output" text={output ?? ""} none={state === "running" ? "Not yet." : "None."} />
      <Cuts cuts={cuts} />
    </Fold>
  );
}

function Part({
  title,
  text,
  none = "None.",
}: {
  readonly title: string;
  readonly text: string;
  readonly none?: string;
}): ReactNode {
  return (
    <div className="tool-part">
      <div className="label">{title}</div>
      {text.trim() === "" ? (
        <span className="quiet">{none}</span>
      ) : (
        <div className="lines">
          <LongText text={text} />
        </div>
      )}
    </div>
  );
}
