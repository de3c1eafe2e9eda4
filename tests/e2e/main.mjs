// SPDX-License-Identifier: Apache-2.0
// Runs the groups of tests one after the other; run.py calls it.
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { launch } from "./lib/page.mjs";
import { Tap } from "./lib/tap.mjs";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    root: { type: "string" },
    browser: { type: "string" },
    folder: { type: "string" },
    pictures: { type: "string" },
    only: { type: "string", multiple: true },
  },
});

const tests = ["results", "edit", "access", "scene", "report", "speed"];
const names = options.only ?? (options.pictures ? ["pictures"] : tests);

const tap = new Tap();
const browser = await launch(options.browser);

/** What a group of tests gets. */
const context = (name) => ({
  tap,
  browser,
  program: options.program,
  pictures: options.pictures,
  browserPath: options.browser,
  root: options.root,
  folder: join(options.folder, name),
  /** Copies a file of the repository into the group's folder: its path. */
  async copy(path, as = path.split("/").pop()) {
    const target = join(options.folder, name, as);
    await cp(join(options.root, path), target, { recursive: true });
    return target;
  },
  /** A case; if it fails, a picture of what the page looked like is kept. */
  async case(title, page, work, most) {
    const failed = async (number) => {
      const picture = join(options.folder, `failed-${number}.png`);
      await page().screenshot({ path: picture });
      return `the page then: ${picture}`;
    };
    await tap.case(`${name}: ${title}`, work, failed, most);
  },
});

await rm(options.folder, { recursive: true, force: true });
for (const name of names) {
  const group = context(name);
  await mkdir(group.folder, { recursive: true });
  const begin = performance.now();
  const { default: run } = await import(`./${name}.mjs`);
  await tap.case(`${name}: begins and ends`, () => run(group), undefined, 1_200_000);
  tap.note(`${name}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}
await browser.close();
process.exit(tap.end());
