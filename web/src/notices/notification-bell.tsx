import {
  ActionIcon,
  Button,
  Group,
  Indicator,
  Popover,
  ScrollArea,
  Stack,
  Text,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Notification } from "#contract/shapes/workspaces.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { pageOf } from "../executions/page-of.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { When } from "../parts/when.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { notificationsQuery } from "./queries.ts";

export function NotificationBell(): ReactNode {
  const workspaceId = useWorkspaceId();
  const [isOpen, { toggle, close }] = useDisclosure();
  const notifications = useQuery(notificationsQuery(workspaceId));
  const unread = notifications.data?.unread ?? 0;
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => (open ? undefined : close())}
      position="bottom-end"
      width={360}
      trapFocus
    >
      <Indicator
        label={unread > 99 ? "99+" : unread}
        size={15}
        offset={5}
        disabled={unread === 0}
        color="teal"
      >
        <Popover.Target>
          <ActionIcon
            aria-label={unread === 0 ? "Notifications" : `Notifications, ${unread} unread`}
            onClick={toggle}
          >
            <IconBell size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Notifications
          workspaceId={workspaceId}
          unread={unread}
          items={notifications.data?.items ?? []}
          onGo={close}
        />
        {notifications.isError ? <ProblemBox problem={problemOf(notifications.error)} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}

interface NotificationsProps {
  readonly workspaceId: string;
  readonly unread: number;
  readonly items: readonly Notification[];
  readonly onGo: () => void;
}

function Notifications({ workspaceId, unread, items, onGo }: NotificationsProps): ReactNode {
  const client = useQueryClient();
  const readAll = useMutation({
    mutationFn: () => api.readAllNotifications({ params: { workspaceId } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["notifications", workspaceId] }),
  });
  return (
    <>
      <Group justify="space-between" p="sm" style={{ borderBottom: "1px solid var(--line)" }}>
        <Text fw={600}>Notifications</Text>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={unread === 0}
          loading={readAll.isPending}
          onClick={() => readAll.mutate()}
        >
          Mark all as read
        </Button>
      </Group>
      <ScrollArea.Autosize mah={420}>
        {items.length === 0 ? (
          <Text c="dimmed" p="md">
            Nothing yet. Agents that fail, wait for you or reach a limit say so here.
          </Text>
        ) : (
          items.map((item) => (
            <Item key={item.id} workspaceId={workspaceId} item={item} onGo={onGo} />
          ))
        )}
      </ScrollArea.Autosize>
    </>
  );
}

interface ItemProps {
  readonly workspaceId: string;
  readonly item: Notification;
  readonly onGo: () => void;
}

function Item({ workspaceId, item, onGo }: ItemProps): ReactNode {
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: () => api.readNotification({ params: { workspaceId, notificationId: item.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["notifications", workspaceId] }),
  });
  const go = (): void => {
    if (item.readAt === null) read.mutate();
    onGo();
  };
  return (
    <Stack
      gap={2}
      p="sm"
      style={{ borderBottom: "1px solid var(--line)", opacity: item.readAt === null ? 1 : 0.75 }}
    >
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <NoticeLink workspaceId={workspaceId} item={item} onGo={go} />
        <Text size="xs" c="dimmed" component="span">
          <When at={item.createdAt} />
        </Text>
      </Group>
      <Text size="sm" className="wrap-anywhere">
        {item.message}
      </Text>
    </Stack>
  );
}

function NoticeLink({ workspaceId, item, onGo }: ItemProps): ReactNode {
  const weight = { fontWeight: item.readAt === null ? 600 : 450 };
  if (item.executionId !== null) {
    const params = { workspaceId, executionId: item.executionId };
    return (
      <Link to={pageOf(item.executionId)} params={params} onClick={onGo} style={weight}>
        {item.title}
      </Link>
    );
  }
  if (item.agentId !== null) {
    return (
      <Link
        to="/w/$workspaceId/agents/$agentId"
        params={{ workspaceId, agentId: item.agentId }}
        onClick={onGo}
        style={weight}
      >
        {item.title}
      </Link>
    );
  }
  return <span style={weight}>{item.title}</span>;
}
