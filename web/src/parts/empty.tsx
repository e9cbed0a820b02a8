import { Title } from "@mantine/core";
import type { ReactNode } from "react";

import { Mark } from "./stint-bar.tsx";

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What starts the work. */
  readonly action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      <Mark />
      <Title order={2}>{title}</Title>
      <p>{children}</p>
      {action === undefined ? null : <div style={{ marginTop: 8 }}>{action}</div>}
    </div>
  );
}
