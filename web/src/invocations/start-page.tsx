import { Code, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import type { Problem } from "#contract/problem.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { invocationQuery } from "./queries.ts";
import { StartFields } from "./start-fields.tsx";
import { StartMore } from "./start-more.tsx";
import {
  COMMAND_LINE,
  errorsOf,
  type Input,
  isInMore,
  NOTHING_CHOSEN,
  startOf,
  unplaced,
  valuesLike,
  type StartErrors,
  type StartValues,
} from "./start-values.ts";

/** An Agent CLI or a command, what it should do, and where. */
export function StartPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const { like } = useSearch({ from: "/w/$workspaceId/agent-clis/new" });
  const known = useQuery({
    ...invocationQuery(workspaceId, like ?? ""),
    enabled: like !== undefined,
  });
  if (like !== undefined && known.isPending) return <Skeleton height={420} radius="md" />;
  return <StartForm first={known.data === undefined ? NOTHING_CHOSEN : valuesLike(known.data)} />;
}

function StartForm({ first }: { readonly first: StartValues }): ReactNode {
  const [values, setValues] = useState(first);
  const [own, setOwn] = useState<StartErrors>({});
  const start = useStart();
  const problem = start.error === null ? undefined : problemOf(start.error);
  const errors = { ...errorsOf(values.cli, problem?.errors ?? []), ...own };
  const change = (changed: Partial<StartValues>): void => {
    setValues((known) => ({ ...known, ...changed }));
    setOwn({});
  };
  const part = { values, errors, onChange: change } as const;
  return (
    <>
      <PageHead title="Start an Agent CLI">
        It runs on the server's machine, outlives the server, and can be watched, continued and
        canceled here.
      </PageHead>
      <form
        className="start-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const read = startOf(values);
          if (read.ok) start.mutate(read.input);
          else setOwn(read.errors);
        }}
      >
        <Stack gap="md">
          <StartFields {...part} />
          <StartMore {...part} isOpenAnyway={isInMore(errors)} />
          <NotStarted values={values} problem={problem} isMarked={Object.keys(errors).length > 0} />
          <Start isBusy={start.isPending} />
          <p className="quiet">
            The same from a terminal: <Code className="wrap-anywhere">{COMMAND_LINE}</Code>
          </p>
        </Stack>
      </form>
    </>
  );
}

interface NotStartedProps {
  readonly values: StartValues;
  readonly problem: Problem | undefined;
  readonly isMarked: boolean;
}

/** What is about a field stands at that field, and only once. */
function NotStarted({ values, problem, isMarked }: NotStartedProps): ReactNode {
  const errors = unplaced(values.cli, problem?.errors);
  if (problem !== undefined && (!isMarked || errors.length > 0))
    return <ProblemBox problem={{ ...problem, errors: [...errors] }} />;
  if (!isMarked) return null;
  return (
    <p className="not-started" role="alert">
      Not started: look at what is marked above.
    </p>
  );
}

function Start({ isBusy }: { readonly isBusy: boolean }): ReactNode {
  return (
    <div>
      <ActButton type="submit" loading={isBusy} permission={usePermission("invocations:run")}>
        Start
      </ActButton>
    </div>
  );
}

function useStart() {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: Input) => api.startInvocation({ params: { workspaceId }, body }),
    onSuccess: async ({ executionId }) => {
      void client.invalidateQueries({ queryKey: ["invocations", workspaceId] });
      await navigate({
        to: "/w/$workspaceId/agent-clis/$executionId",
        params: { workspaceId, executionId },
      });
    },
  });
}
