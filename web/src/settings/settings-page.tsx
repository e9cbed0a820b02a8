import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { PageHead } from "../parts/page-head.tsx";
import { AccountTab } from "./account-tab.tsx";
import { FallbacksTab } from "./fallbacks-tab.tsx";
import { KeysTab } from "./keys-tab.tsx";
import { MembersTab } from "./members-tab.tsx";
import { ModelTab } from "./model-tab.tsx";
import { UserRolesTab } from "./user-roles-tab.tsx";
import { WorkspaceTab } from "./workspace-tab.tsx";

const FROM = "/w/$workspaceId/settings";

export function SettingsPage(): ReactNode {
  const { tab = "members" } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <>
      <PageHead title="Settings">Who, what, how long</PageHead>
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next ?? undefined }, replace: true })}
      >
        <Tabs.List mb="md" className="tabs">
          <Tabs.Tab value="members">Members</Tabs.Tab>
          <Tabs.Tab value="names">@user names</Tabs.Tab>
          <Tabs.Tab value="fallbacks">Fallbacks</Tabs.Tab>
          <Tabs.Tab value="model">Model</Tabs.Tab>
          <Tabs.Tab value="keys">API keys</Tabs.Tab>
          <Tabs.Tab value="workspace">Workspace</Tabs.Tab>
          <Tabs.Tab value="account">Your account</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <MembersTab />
        </Tabs.Panel>
        <Tabs.Panel value="names">
          <UserRolesTab />
        </Tabs.Panel>
        <Tabs.Panel value="fallbacks">
          <FallbacksTab />
        </Tabs.Panel>
        <Tabs.Panel value="model">
          <ModelTab />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <KeysTab />
        </Tabs.Panel>
        <Tabs.Panel value="workspace">
          <WorkspaceTab />
        </Tabs.Panel>
        <Tabs.Panel value="account">
          <AccountTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
