import { type RefObject, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { Invocation } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { type Finder, type Finding, openFinder } from "./finder.ts";
import { keysAt } from "./fold.ts";
import { bringIntoSight, rangesOf, showFound } from "./lit.ts";
import type { Reader, Reading } from "./reader.ts";
import { isCommand } from "./words.ts";

export interface Find {
  readonly finder: Finder;
  readonly finding: Finding;
  /** Names of the entries in which the match stands that is looked at, the last its own. */
  readonly keys: readonly string[];
}

/** Looks for a text, opens the conversation where it was found, and lights it up there. */
export function useFind(
  invocation: Invocation,
  reader: Reader,
  { stretch }: Reading,
  frame: RefObject<HTMLElement | null>,
): Find {
  const workspaceId = useWorkspaceId();
  const { id: executionId } = invocation;
  const [finder] = useState(() =>
    openFinder({
      problemOf,
      find: (q, from) =>
        api.findInOutput({ params: { workspaceId, executionId }, query: { q, ...from } }),
    }),
  );
  const finding = useSyncExternalStore(finder.onChange, finder.finding);
  useEffect(() => () => void finder.find(""), [finder]); // whoever leaves waits for nothing more
  const found = finding.found[finding.index];
  useEffect(() => {
    if (found?.of === "output") void reader.openAt({ round: found.round, byte: found.at });
  }, [reader, found]);
  const command = isCommand(invocation);
  const keys = useMemo(() => {
    if (found?.of !== "output" || stretch === undefined) return [];
    const placed = stretch.placed.filter(({ round }) => round === found.round);
    return keysAt(placed, command, found.at);
  }, [found, stretch, command]);
  useLit(frame, finding.text, found, keys);
  return { finder, finding, keys };
}

/** Lit as long as it is looked at; brought into sight once. */
function useLit(
  frame: RefObject<HTMLElement | null>,
  text: string,
  found: object | undefined,
  keys: readonly string[],
): void {
  const seen = useRef<object>(undefined);
  const name = keys.at(-1);
  useEffect(() => {
    const element = frame.current;
    if (element === null || name === undefined || found === undefined) return undefined;
    const ranges = rangesOf(element, name, text);
    if (seen.current !== found) bringIntoSight(element, name, ranges);
    seen.current = found;
    return showFound(ranges);
  }, [frame, name, found, text, keys]);
}
