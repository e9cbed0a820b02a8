import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = process.env["STINT_SERVER"] ?? "http://127.0.0.1:4400";

/** `vite --config web/vite.config.ts` serves the page while it is worked on, with the API of a running Stint behind it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 800 },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: SERVER }, "/socket.io": { target: SERVER, ws: true } },
  },
});
