import { NavLink, Stack } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useWorkspaceId } from "../session/workspace.tsx";
import { type Place, PLACES } from "./places.tsx";

interface NavigationProps {
  readonly onGo: () => void;
}

export function Navigation({ onGo }: NavigationProps): ReactNode {
  return (
    <Stack gap="md" component="nav" aria-label="Places">
      {PLACES.map(({ name, places }) => (
        <div key={name}>
          <div className="label" style={{ padding: "0 10px 4px" }}>
            {name}
          </div>
          {places.map((place) => (
            <PlaceLink key={place.to} place={place} onGo={onGo} />
          ))}
        </div>
      ))}
    </Stack>
  );
}

function PlaceLink({
  place,
  onGo,
}: {
  readonly place: Place;
  readonly onGo: () => void;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  const { pathname } = useLocation();
  const path = place.to.replace("$workspaceId", workspaceId);
  const isHere = pathname === path || pathname.startsWith(`${path}/`);
  const Icon = place.icon;
  return (
    <NavLink
      className="nav-link"
      renderRoot={(props: object) => <Link {...props} to={place.to} params={{ workspaceId }} />}
      active={isHere}
      aria-current={isHere ? "page" : undefined}
      label={place.name}
      leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
      onClick={onGo}
    />
  );
}
