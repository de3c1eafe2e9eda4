// SPDX-License-Identifier: Apache-2.0
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [preact()],
  base: "./",
  build: { target: "es2020", outDir: "dist", sourcemap: false },
  test: { include: ["test/**/*.test.ts"] },
});
