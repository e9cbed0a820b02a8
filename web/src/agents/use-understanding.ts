import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { type ParsedAnswer, parseQuery, type ParseSettings } from "./queries.ts";
import { type Answer, type Reading, readingOf, understandingOfError } from "./understanding.ts";

interface Heard {
  readonly of: string;
  readonly data: ParsedAnswer | undefined;
  readonly error: Error | null;
}

export interface LiveReading extends Reading {
  readonly askAgain: () => void;
}

/**
 * Asks what the text would become, a moment after the last key. What is shown is the answer to the newest text that has
 * one: an answer to an older text that comes in late never takes its place, and nothing waits for it.
 */
export function useUnderstanding(
  workspaceId: string,
  text: string,
  settings: ParseSettings,
): LiveReading {
  const [settled] = useDebouncedValue(text, 250);
  const query = parseQuery(workspaceId, { ...settings, instructions: settled });
  const { data, error, refetch } = useQuery(query);
  const [last, setLast] = useState<Heard>();
  const isNews = last?.of !== settled || last.data !== data || last.error !== error;
  if (isNews && (data !== undefined || error !== null)) setLast({ of: settled, data, error });
  const answer = useMemo(() => (last === undefined ? undefined : answerOf(last)), [last]);
  return { ...readingOf(text, answer), askAgain: () => void refetch() };
}

function answerOf({ of, data, error }: Heard): Answer {
  if (data === undefined) return { of, understanding: understandingOfError(error) };
  return { of, understanding: { state: "understood", ...data } };
}
