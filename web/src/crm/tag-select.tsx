import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { tagsQuery } from "../contacts/queries.ts";
import { useWorkspaceId } from "../session/workspace.tsx";

interface TagSelectProps {
  readonly value: string | undefined;
  readonly onChange: (tag: string | undefined) => void;
  readonly of: "contacts" | "companies" | "deals";
}

export function TagSelect({ value, onChange, of }: TagSelectProps): ReactNode {
  const tags = useQuery(tagsQuery(useWorkspaceId()));
  const known = (tags.data?.items ?? []).filter((tag) => tag[of] > 0);
  return (
    <Select
      aria-label="Tag"
      placeholder="Any tag"
      w={180}
      searchable
      clearable
      data={known.map((tag) => ({
        value: tag.name,
        label: `${tag.name} (${tag[of].toLocaleString("en-US")})`,
      }))}
      value={value ?? null}
      onChange={(tag) => onChange(tag ?? undefined)}
    />
  );
}
