import { ActionIcon, AppShell, Burger, Button, Group, Kbd, Tooltip } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import {
  IconKeyboard,
  IconMoon,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { RunWatch } from "../agents/run-watch.tsx";
import { KeySheetModal } from "../keys/key-sheet-modal.tsx";
import { useLiveStatus } from "../live/live-provider.tsx";
import { NotificationBell } from "../notices/notification-bell.tsx";
import { Mark } from "../parts/stint-bar.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { AttentionBanner } from "./attention-banner.tsx";
import { Navigation } from "./navigation.tsx";
import { Palette } from "./palette.tsx";
import { useScheme } from "./use-scheme.ts";
import { WorkspaceSwitcher } from "./workspace-switcher.tsx";

/** What stands around every place: navigation, search, notifications, and whether the page is live. */
export function Frame({ children }: { readonly children: ReactNode }): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 212, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={0}
      transitionDuration={120}
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header className="frame-header">
        <Header isOpen={isOpen} onToggle={toggle} />
      </AppShell.Header>
      <AppShell.Navbar className="frame-nav" p="xs" pt="md" style={{ overflowY: "auto" }}>
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: "none" }}>
        <LostConnection />
        <AttentionBanner />
        <div className="page">{children}</div>
      </AppShell.Main>
      <Palette />
      <RunWatch />
    </AppShell>
  );
}

function Header({
  isOpen,
  onToggle,
}: {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Burger opened={isOpen} onClick={onToggle} hiddenFrom="sm" size="sm" aria-label="Places" />
        <Link
          to="/w/$workspaceId/agents"
          params={{ workspaceId }}
          className="brand"
          aria-label="Stint: agents"
        >
          <Mark />
          <span className="only-wide">Stint</span>
        </Link>
        <WorkspaceSwitcher />
      </Group>
      <Tools />
    </Group>
  );
}

function Tools(): ReactNode {
  const { isDark, toggle } = useScheme();
  const [isSheetOpen, sheet] = useDisclosure();
  useHotkeys([
    ["shift+?", sheet.open],
    ["?", sheet.open],
  ]);
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="default"
        size="xs"
        className="only-wide"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">⌘K</Kbd>}
        onClick={spotlight.open}
        mr="xs"
      >
        Search
      </Button>
      <ActionIcon className="only-narrow" aria-label="Search" onClick={spotlight.open}>
        <IconSearch size={18} />
      </ActionIcon>
      <NotificationBell />
      <Tooltip label={isDark ? "Light" : "Dark"}>
        <ActionIcon aria-label={isDark ? "Switch to light" : "Switch to dark"} onClick={toggle}>
          {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Keys (?)">
        <ActionIcon className="only-wide" aria-label="Keys" onClick={sheet.open}>
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
      <AccountMenu />
      <KeySheetModal opened={isSheetOpen} onClose={sheet.close} />
    </Group>
  );
}

function LostConnection(): ReactNode {
  if (useLiveStatus() !== "lost") return null;
  return (
    <output className="lost" data-tone="orange">
      <IconPlugConnectedX size={16} aria-hidden />
      The connection to Stint is lost. What is shown may be old; it is read again as soon as the
      server answers.
    </output>
  );
}
