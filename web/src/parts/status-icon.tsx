import {
  IconAlertTriangle,
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconLock,
  IconPencil,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconUser,
  type IconProps,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";

import type { IconName } from "../looks/looks.ts";

function Dot(): ReactNode {
  return <span className="dot" aria-hidden />;
}

const ICONS: Readonly<Record<IconName, ComponentType<IconProps>>> = {
  pending: IconCircle,
  active: Dot,
  clock: IconClock,
  person: IconUser,
  check: IconCircleCheck,
  cross: IconCircleX,
  stop: IconBan,
  skip: IconPlayerSkipForward,
  warning: IconAlertTriangle,
  question: IconHelpCircle,
  blocked: IconLock,
  pause: IconPlayerPause,
  draft: IconPencil,
};

export function StatusIcon({
  name,
  size = 14,
}: {
  readonly name: IconName;
  readonly size?: number;
}): ReactNode {
  const Icon = ICONS[name];
  return <Icon size={size} stroke={2} aria-hidden />;
}
