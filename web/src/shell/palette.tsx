import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  IconFileImport,
  IconMoon,
  IconPlus,
  IconRobot,
  IconSearch,
  IconTerminal2,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { agentNamesQuery } from "../agents/queries.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { PLACES } from "./places.tsx";
import { useScheme } from "./use-scheme.ts";

const SIZE = { size: 18, stroke: 1.7 } as const;

/** ⌘K: everywhere one can go, and what one can start from anywhere. */
export function Palette(): ReactNode {
  return (
    <Spotlight
      actions={useActions()}
      shortcut={["mod + K"]}
      limit={12}
      highlightQuery
      nothingFound="Nothing of that name here"
      attributes={{ content: { "aria-label": "Command palette" } }}
      searchProps={{
        leftSection: <IconSearch {...SIZE} />,
        placeholder: "Go to an agent or a place, or do something…",
        "aria-label": "Search the commands",
      }}
    />
  );
}

function useActions(): SpotlightActionGroupData[] {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  const { toggle } = useScheme();
  const agents = useQuery(agentNamesQuery(workspaceId));
  const params = { workspaceId };
  return [
    {
      group: "Places",
      actions: PLACES.flatMap(({ places }) => places).map(({ name, to, answers, icon: Icon }) => ({
        id: to,
        label: name,
        description: answers,
        leftSection: <Icon {...SIZE} />,
        onClick: () => void navigate({ to, params }),
      })),
    },
    {
      group: "Agents",
      actions: (agents.data?.items ?? []).map(({ id, name, goal }) => ({
        id,
        label: name,
        description: goal,
        leftSection: <IconRobot {...SIZE} />,
        onClick: () =>
          void navigate({
            to: "/w/$workspaceId/agents/$agentId",
            params: { workspaceId, agentId: id },
          }),
      })),
    },
    {
      group: "Do",
      actions: [
        {
          id: "new-agent",
          label: "New agent",
          description: "Say in your own words what it should do",
          leftSection: <IconPlus {...SIZE} />,
          onClick: () => void navigate({ to: "/w/$workspaceId/agents/new", params }),
        },
        {
          id: "start-cli",
          label: "Start an Agent CLI",
          description: "Claude Code, Codex, Gemini CLI or any command",
          leftSection: <IconTerminal2 {...SIZE} />,
          onClick: () => void navigate({ to: "/w/$workspaceId/agent-clis/new", params }),
        },
        {
          id: "import",
          label: "Import contacts",
          description: "From a CSV file",
          leftSection: <IconFileImport {...SIZE} />,
          onClick: () => void navigate({ to: "/w/$workspaceId/contacts/import", params }),
        },
        {
          id: "scheme",
          label: "Switch between light and dark",
          leftSection: <IconMoon {...SIZE} />,
          onClick: toggle,
        },
      ],
    },
  ];
}
