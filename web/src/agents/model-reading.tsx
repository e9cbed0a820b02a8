import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { modelQuery } from "../settings/queries.ts";
import { parseQuery, type ParseSettings } from "./queries.ts";

interface ModelReadingProps {
  readonly text: string;
  readonly settings: ParseSettings;
}

/**
 * Has the workspace's model read the words as they stand. That costs money and seconds, so it is asked for, never done
 * while one types.
 */
export function ModelReading({ text, settings }: ModelReadingProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const { allowed } = usePermission("workspace:write");
  const model = useQuery({ ...modelQuery(workspaceId), enabled: allowed });
  const body = { ...settings, instructions: text };
  const read = useMutation({
    mutationFn: () =>
      api.parseInstructions({ params: { workspaceId }, body: { ...body, parser: "model" } }),
    onSuccess: (answer) => client.setQueryData(parseQuery(workspaceId, body).queryKey, answer),
  });
  if (!allowed || model.data === undefined || model.data.key === null) return null;
  const notice = read.data?.reading.notice;
  return (
    <div style={{ marginTop: 8 }}>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={read.isPending}
        disabled={text.trim() === ""}
        onClick={() => read.mutate()}
      >
        Have {model.data.model} read it
      </Button>
      {notice === undefined || notice === null ? null : <p className="quiet">{notice}</p>}
      {read.error === null ? null : <ProblemBox problem={problemOf(read.error)} />}
    </div>
  );
}
