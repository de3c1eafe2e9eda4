// SPDX-License-Identifier: Apache-2.0
// Prints the gzipped sizes of the built page and fails above the budget. The editor's chunk does not count: it is loaded on demand.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const budget = 320 * 1024;
const folder = process.argv[2] ?? "dist";
const files = (at) => readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? files(join(at, name)) : [join(at, name)]));
const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;

let counted = 0;
for (const path of files(folder).sort()) {
  const name = relative(folder, path);
  const size = gzipSync(readFileSync(path), { level: 9 }).length;
  const apart = /editor-[^/]*\.(js|css)$/.test(name) ? "editor, not counted" : name === "report.html" ? "report, not counted" : "";
  if (apart === "") counted += size;
  console.log(`${kib(size)}  ${name} ${apart && `(${apart})`}`);
}
console.log(`${kib(counted)}  in all, of ${budget / 1024} KiB`);
if (counted > budget) {
  console.error("The page is over its budget.");
  process.exit(1);
}
