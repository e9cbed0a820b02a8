import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface PageHeadProps {
  readonly title: string;
  /** Beside the title: a status. */
  readonly beside?: ReactNode;
  /** Under the title: the question that the page answers, or where it stands. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHead({ title, beside, children, actions }: PageHeadProps): ReactNode {
  useDocumentTitle(`${title} · Stint`);
  return (
    <header className="page-head">
      <div style={{ minWidth: 0 }}>
        <Group gap="sm" align="center">
          <Title order={1}>{title}</Title>
          {beside}
        </Group>
        {children === undefined ? null : (
          <div className="quiet" style={{ marginTop: 2 }}>
            {children}
          </div>
        )}
      </div>
      {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
    </header>
  );
}
