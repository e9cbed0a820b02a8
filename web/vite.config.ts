import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const SERVER = process.env["STINT_SERVER"] ?? "http://127.0.0.1:4400";
const DIST = join(import.meta.dirname, "dist");

/** Beside each asset, what a browser is sent instead of it: compressed once here, not at each request. */
function precompress(): Plugin {
  return {
    name: "stint-precompress",
    apply: "build",
    closeBundle: () => {
      const folder = join(DIST, "assets");
      for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const path = join(folder, name);
        const plain = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(plain));
        writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
      }
    },
  };
}

/** `vite --config web/vite.config.ts` serves the page while it is worked on, with the API of a running Stint behind it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 800 },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: SERVER }, "/socket.io": { target: SERVER, ws: true } },
  },
});
