import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { parseQuery } from "./queries.ts";
import { type Understanding, understandingOfError } from "./understanding.ts";

/** Asks what the text would become, a moment after the last key. */
export function useUnderstanding(workspaceId: string, text: string): Understanding {
  const [settled] = useDebouncedValue(text, 250);
  const parsed = useQuery({
    ...parseQuery(workspaceId, settled),
    placeholderData: keepPreviousData,
  });
  if (text.trim() === "") return { state: "nothing" };
  if (parsed.error !== null) return understandingOfError(parsed.error);
  return parsed.data === undefined
    ? { state: "reading" }
    : { state: "understood", plan: parsed.data.plan };
}
