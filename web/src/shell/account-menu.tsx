import { ActionIcon, Avatar, Menu, Text, VisuallyHidden } from "@mantine/core";
import { IconKey, IconLogout } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { signOut } from "../session/signing.ts";
import { useHere } from "../session/workspace.tsx";

export function AccountMenu(): ReactNode {
  const { me, workspace } = useHere();
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = me.user?.name ?? me.key?.name ?? "";
  const leave = async (): Promise<void> => {
    await signOut();
    client.clear();
    await navigate({ to: "/sign-in" });
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon size="lg" radius="xl">
          <Avatar
            size={26}
            radius="xl"
            name={name}
            color="teal"
            variant="filled"
            styles={{ placeholder: { fontSize: 11 } }}
            alt=""
          />
          <VisuallyHidden>Account of {name}</VisuallyHidden>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {name}
          </Text>
          <Text size="xs">{me.user?.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKey size={15} />}
          onClick={() =>
            void navigate({
              to: "/w/$workspaceId/settings",
              params: { workspaceId: workspace.id },
              search: { tab: "account" },
            })
          }
        >
          {me.user?.hasPassword === false ? "Set a password" : "Password"}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
