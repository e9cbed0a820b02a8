import { Button, Menu, Text } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { ROLE_WORDS } from "../session/permission.ts";
import { useHere } from "../session/workspace.tsx";

export function WorkspaceSwitcher(): ReactNode {
  const { me, workspace } = useHere();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`Workspace ${workspace.name}: switch`}
          styles={{ root: { maxWidth: "min(220px, 40vw)" }, label: { fontWeight: 550 } }}
          c="inherit"
        >
          {workspace.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {me.workspaces.map(({ id, name, role }) => (
          <Menu.Item
            key={id}
            leftSection={
              id === workspace.id ? (
                <IconCheck size={14} />
              ) : (
                <span style={{ width: 14, display: "inline-block" }} />
              )
            }
            rightSection={
              <Text size="xs" c="dimmed">
                {ROLE_WORDS[role]}
              </Text>
            }
            onClick={() =>
              void navigate({ to: "/w/$workspaceId/agents", params: { workspaceId: id } })
            }
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
