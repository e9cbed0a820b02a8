import { Title } from "@mantine/core";
import type { ReactNode } from "react";

import { Mark } from "./stint-bar.tsx";

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What starts the work. */
  readonly action?: ReactNode;
  /** Of the heading: 1 where it is all that the page says. */
  readonly order?: 1 | 2;
}

export function Empty({ title, children, action, order = 2 }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      <Mark />
      <Title order={order}>{title}</Title>
      <p>{children}</p>
      {action === undefined ? null : <div style={{ marginTop: 8 }}>{action}</div>}
    </div>
  );
}
