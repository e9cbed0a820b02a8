import { Accordion, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Agent, AgentVersion } from "#contract/shapes/agents.ts";

import { rowsOf } from "../api/lists.ts";
import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { InstructionsReader } from "./instructions-reader.tsx";
import { versionsQuery } from "./queries.ts";
import { understandingOf } from "./understanding.ts";

/** Every save, newest first; an execution keeps the one that it started with. */
export function AgentVersions({ agent }: { readonly agent: Agent }): ReactNode {
  const versions = useInfiniteQuery(versionsQuery(useWorkspaceId(), agent.id));
  if (versions.isError) return <ProblemBox problem={problemOf(versions.error)} />;
  return (
    <Accordion variant="contained" order={2} keepMounted={false}>
      {rowsOf(versions.data).map((version) => (
        <Accordion.Item key={version.version} value={String(version.version)}>
          <Accordion.Control>
            <Group gap="md">
              <strong>Version {version.version}</strong>
              {version.version === agent.version ? (
                <span className="chip" data-tone="green">
                  current
                </span>
              ) : null}
              <span className="quiet">
                {version.savedBy.name}, <When at={version.savedAt} />
              </span>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <VersionView version={version} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function VersionView({ version }: { readonly version: AgentVersion }): ReactNode {
  const answer = { of: version.instructions, understanding: understandingOf(version) };
  return <InstructionsReader answer={answer} />;
}
