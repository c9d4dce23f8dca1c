import { resolve } from "node:path";
import { defineConfig } from "vite";

const source = (name) => resolve(import.meta.dirname, "src", name);

export default defineConfig({
  // Relative addresses: the build works under any static path.
  base: "./",
  publicDir: false,
  css: {
    preprocessorOptions: { scss: { quietDeps: true } },
    // GOV.UK Frontend still carries one hack for Internet Explorer; it is dropped.
    lightningcss: { errorRecovery: true },
  },
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // The content security policy knows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { app: source("app.js"), diagram: source("diagram.js") },
    },
  },
});
