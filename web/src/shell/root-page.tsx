import { Notifications } from "@mantine/notifications";
import { Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";

export function RootPage(): ReactNode {
  return (
    <>
      <Outlet />
      <Notifications position="bottom-right" limit={4} containerWidth={400} />
    </>
  );
}
