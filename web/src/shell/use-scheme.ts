import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

interface Scheme {
  readonly isDark: boolean;
  readonly toggle: () => void;
}

export function useScheme(): Scheme {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  return { isDark, toggle: () => setColorScheme(isDark ? "light" : "dark") };
}
