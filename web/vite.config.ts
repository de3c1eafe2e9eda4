// SPDX-License-Identifier: Apache-2.0
import preact from "@preact/preset-vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { licences } from "./licences";
import { mockServer } from "./mock";

/** Where `alicorn report` puts the documents. */
const placeholder = '<script type="application/json" id="alicorn"></script>';

/** A report loads nothing from anywhere. */
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/** Puts all code and styles into the page itself: one file that can be mailed. */
function oneFile(): Plugin {
  return {
    name: "alicorn-one-file",
    apply: "build",
    enforce: "post",
    generateBundle: {
      // behind vite's own, which completes the code of dynamic imports
      order: "post",
      handler(_, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("no page was built");
        let html = String(page.source);
        for (const [name, item] of Object.entries(bundle)) {
          if (item === page) continue;
          // a closing tag inside the text would end the element; replacements by function leave $ alone
          if (item.type === "chunk") {
            const code = item.code.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "\\x3C!--");
            html = html.replace(/<script type="module"[^>]*><\/script>/, "").replace("</body>", () => `${placeholder}\n<script type="module">${code}</script>\n</body>`);
          } else if (name === "licences.txt") html += `<!--\n${String(item.source).replaceAll("-->", "-- >")}\n-->\n`;
          else if (name.endsWith(".css")) html = html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${String(item.source).replace(/<\/style/gi, "<\\/style")}</style>`);
          delete bundle[name];
        }
        page.source = html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
        page.fileName = "report.html";
      },
    },
  };
}

export default defineConfig(({ mode }) => {
  const report = mode === "report";
  return {
    plugins: [preact(), mockServer(), licences(), ...(report ? [oneFile()] : [])],
    base: "./",
    define: { __REPORT__: JSON.stringify(report) },
    build: {
      target: "es2020",
      outDir: "dist",
      sourcemap: false,
      emptyOutDir: !report,
      chunkSizeWarningLimit: 1000,
      modulePreload: { polyfill: false },
      cssCodeSplit: !report,
      ...(report ? { rollupOptions: { output: { inlineDynamicImports: true } } } : {}),
    },
    test: { include: ["test/**/*.test.ts"] },
  };
});
