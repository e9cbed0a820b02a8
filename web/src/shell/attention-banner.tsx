import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { api } from "../api/api.ts";
import { attentionWords } from "./attention-words.ts";

const EVERY_MS = 60_000;

/** Stands above every place for as long as a person should see to something. */
export function AttentionBanner(): ReactNode {
  const { data } = useQuery({
    queryKey: ["health"],
    queryFn: ({ signal }) => api.getHealth({}, { signal }),
    refetchInterval: EVERY_MS,
  });
  if (data === undefined) return null;
  return attentionWords(data).map((words) => (
    <output key={words} className="lost" data-tone="orange">
      <IconAlertTriangle size={16} aria-hidden />
      {words}
    </output>
  ));
}
