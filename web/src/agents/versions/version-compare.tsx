import { Button, Group, Select, Skeleton, Stack } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Agent, VersionDiff } from "#contract/shapes/agents.ts";

import { problemOf } from "../../api/problems.ts";
import { ProblemBox } from "../../parts/problem-box.tsx";
import { When } from "../../parts/when.tsx";
import { useWorkspaceId } from "../../session/workspace.tsx";
import { InstructionsReader } from "../instructions-reader.tsx";
import { diffQuery, versionQuery } from "../queries.ts";
import { understandingOf } from "../understanding.ts";
import type { Compared } from "./comparing.ts";
import { RestoreButton } from "./restore-button.tsx";
import { SettingsDiff, StepsDiff, WordsDiff } from "./version-diff.tsx";

interface VersionCompareProps {
  readonly agent: Agent;
  readonly compared: Compared;
  /** Nothing: back to the list. */
  readonly onCompare: (next: Compared | undefined) => void;
}

/** Two versions side by side; one below the other where there is little room. */
export function VersionCompare({ agent, compared, onCompare }: VersionCompareProps): ReactNode {
  const { from, to } = compared;
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={() => onCompare(undefined)}
        >
          All versions
        </Button>
        <VersionSelect
          label="From"
          latest={agent.version}
          value={from}
          onChange={(next) => onCompare({ from: next, to })}
        />
        <VersionSelect
          label="To"
          latest={agent.version}
          value={to}
          onChange={(next) => onCompare({ from, to: next })}
        />
        {[...new Set([from, to])]
          .filter((version) => version !== agent.version)
          .map((version) => (
            <RestoreButton
              key={version}
              agent={agent}
              version={version}
              onDone={() => onCompare(undefined)}
            />
          ))}
      </Group>
      {from === to ? (
        <OneVersion agent={agent} version={to} />
      ) : (
        <TwoVersions agent={agent} compared={compared} />
      )}
    </Stack>
  );
}

interface VersionSelectProps {
  readonly label: string;
  readonly latest: number;
  readonly value: number;
  readonly onChange: (version: number) => void;
}

function VersionSelect({ label, latest, value, onChange }: VersionSelectProps): ReactNode {
  const data = Array.from({ length: latest }, (_, index) => {
    const version = latest - index;
    const now = version === latest ? " (current)" : "";
    return { value: String(version), label: `Version ${version}${now}` };
  });
  return (
    <Select
      label={label}
      size="xs"
      w={170}
      allowDeselect={false}
      searchable={latest > 10}
      data={data}
      value={String(value)}
      onChange={(next) => onChange(Number(next ?? value))}
    />
  );
}

function OneVersion({ agent, version }: { readonly agent: Agent; readonly version: number }) {
  const one = useQuery(versionQuery(useWorkspaceId(), agent.id, version));
  if (one.isError) return <ProblemBox problem={problemOf(one.error)} />;
  if (one.data === undefined) return <CompareSkeleton />;
  const answer = { of: one.data.instructions, understanding: understandingOf(one.data) };
  return <InstructionsReader answer={answer} />;
}

function TwoVersions({ agent, compared }: Pick<VersionCompareProps, "agent" | "compared">) {
  const diff = useQuery(diffQuery(useWorkspaceId(), agent.id, compared));
  if (diff.isError) return <ProblemBox problem={problemOf(diff.error)} />;
  if (diff.data === undefined) return <CompareSkeleton />;
  const { from, to, instructions, steps, settings } = diff.data;
  return (
    <div className="diff">
      <Saved version={from} />
      <Saved version={to} />
      <WordsDiff pieces={instructions} from={from.version} to={to.version} />
      <StepsDiff steps={steps} />
      <SettingsDiff settings={settings} />
    </div>
  );
}

function Saved({ version }: { readonly version: VersionDiff["from"] }): ReactNode {
  return (
    <div>
      <strong>Version {version.version}</strong>{" "}
      <span className="quiet">
        {version.savedBy.name}, <When at={version.savedAt} />
        {version.restoredFrom === null ? "" : `, version ${version.restoredFrom} restored`}
      </span>
    </div>
  );
}

function CompareSkeleton(): ReactNode {
  return (
    <div className="panes" aria-busy>
      <Skeleton height={200} radius="md" />
      <Skeleton height={200} radius="md" />
    </div>
  );
}
