import {
  IconAddressBook,
  IconBug,
  IconBuilding,
  IconCoins,
  IconListCheck,
  IconMailForward,
  IconRobot,
  IconRoute,
  IconSettings,
  IconTemplate,
  IconTerminal2,
  type IconProps,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

export interface Place {
  readonly name: string;
  readonly to:
    | "/w/$workspaceId/agents"
    | "/w/$workspaceId/executions"
    | "/w/$workspaceId/errors"
    | "/w/$workspaceId/agent-clis"
    | "/w/$workspaceId/contacts"
    | "/w/$workspaceId/companies"
    | "/w/$workspaceId/deals"
    | "/w/$workspaceId/tasks"
    | "/w/$workspaceId/templates"
    | "/w/$workspaceId/outbox"
    | "/w/$workspaceId/settings";
  readonly answers: string;
  readonly icon: ComponentType<IconProps>;
}

export interface PlaceGroup {
  readonly name: string;
  readonly places: readonly Place[];
}

export const PLACES: readonly PlaceGroup[] = [
  {
    name: "Work",
    places: [
      {
        name: "Agents",
        to: "/w/$workspaceId/agents",
        answers: "Which agents do what, how well",
        icon: IconRobot,
      },
      {
        name: "Executions",
        to: "/w/$workspaceId/executions",
        answers: "What happened, all kinds",
        icon: IconRoute,
      },
      {
        name: "Errors",
        to: "/w/$workspaceId/errors",
        answers: "What fails, how often",
        icon: IconBug,
      },
      {
        name: "Agent CLIs",
        to: "/w/$workspaceId/agent-clis",
        answers: "What coding agents are doing",
        icon: IconTerminal2,
      },
    ],
  },
  {
    name: "People and deals",
    places: [
      {
        name: "Contacts",
        to: "/w/$workspaceId/contacts",
        answers: "Who it is about",
        icon: IconAddressBook,
      },
      {
        name: "Companies",
        to: "/w/$workspaceId/companies",
        answers: "Where they work",
        icon: IconBuilding,
      },
      {
        name: "Deals",
        to: "/w/$workspaceId/deals",
        answers: "What is being sold",
        icon: IconCoins,
      },
      {
        name: "Tasks",
        to: "/w/$workspaceId/tasks",
        answers: "What people must do",
        icon: IconListCheck,
      },
    ],
  },
  {
    name: "Messages",
    places: [
      {
        name: "Templates",
        to: "/w/$workspaceId/templates",
        answers: "What is written",
        icon: IconTemplate,
      },
      {
        name: "Outbox",
        to: "/w/$workspaceId/outbox",
        answers: "What the sandbox sent",
        icon: IconMailForward,
      },
    ],
  },
  {
    name: "Workspace",
    places: [
      {
        name: "Settings",
        to: "/w/$workspaceId/settings",
        answers: "Members, roles, keys",
        icon: IconSettings,
      },
    ],
  },
];
