/** The page's looks, in one place: colours, type, sizes, and what Mantine's components are by default. Tones and the mark stand in theme.css. */
import {
  ActionIcon,
  Alert,
  Button,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Paper,
  Popover,
  Table,
  Tabs,
  Tooltip,
} from "@mantine/core";

/** Deep teal, the one accent. */
const teal: MantineColorsTuple = [
  "#eaf5f3",
  "#d3e9e6",
  "#a8d5cf",
  "#79bfb7",
  "#4fa9a0",
  "#2d9189",
  "#1b7a74",
  "#0f6561",
  "#0b5350",
  "#073f3d",
];

/** Warm neutral greys. */
const gray: MantineColorsTuple = [
  "#faf9f7",
  "#f3f1ed",
  "#e8e5df",
  "#d8d4cc",
  "#bcb7ad",
  "#928c82",
  "#6b665d",
  "#524e47",
  "#383530",
  "#211f1c",
];

const dark: MantineColorsTuple = [
  "#e3e0da",
  "#bfbbb3",
  "#9f9a91",
  "#76716a",
  "#474440",
  "#383532",
  "#292725",
  "#1d1c1a",
  "#161514",
  "#0f0e0d",
];

const FAST = { duration: 120 } as const;
const DIALOG = {
  transitionProps: FAST,
  closeButtonProps: { "aria-label": "Close" },
  // A dialog's head is no head of the page.
  attributes: { header: { role: "presentation" } },
} as const;

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark },
  black: "#211f1c",
  fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  headings: {
    fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  defaultRadius: "sm",
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "12px" },
  shadows: { xs: "none", sm: "none", md: "0 2px 10px rgb(30 28 24 / 8%)" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
    Alert: Alert.extend({ defaultProps: { variant: "outline" } }),
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    Drawer: Drawer.extend({ defaultProps: { position: "right", ...DIALOG } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: "md",
        transitionProps: FAST,
        // Where it belongs in the page, for those who hear it.
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, ...DIALOG } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Dismiss" } },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: "md" } }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", transitionProps: FAST } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 8, horizontalSpacing: "sm" } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320 },
    }),
  },
});
