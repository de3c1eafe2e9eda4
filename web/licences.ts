// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

/** Folder of the package that a module belongs to, null for our own. */
function packageOf(module: string): string | null {
  const match = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module);
  return match?.[1] ?? null;
}

/** Name, version and licence of a package, as its authors want them kept. */
function noticeOf(folder: string): string {
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string; version: string; license?: string };
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${described.license ?? "not stated"}`;
  return `${described.name} ${described.version}\n\n${text}\n`;
}

/** Writes licences.txt: the notices of all packages that the bundle has code of. */
export function licences(): Plugin {
  return {
    name: "alicorn-licences",
    apply: "build",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const item of Object.values(bundle))
        if (item.type === "chunk")
          for (const module of item.moduleIds) {
            const folder = packageOf(module);
            if (folder !== null && existsSync(join(folder, "package.json"))) folders.add(folder);
          }
      const source = `The page of Alicorn contains code of these packages.\n\n${[...folders].sort().map(noticeOf).join(`\n${"-".repeat(72)}\n\n`)}`;
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
