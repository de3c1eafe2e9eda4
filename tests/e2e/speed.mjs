// SPDX-License-Identifier: Apache-2.0
// How fast the page is, measured and told; nothing is asserted about time.
import assert from "node:assert/strict";

import { close, eventually, figure, openPage, show, until } from "./lib/page.mjs";
import { View } from "./lib/program.mjs";

const points = 1000;
const portCount = 8;

/** A made-up measurement: resonances that differ from port to port. */
function touchstone() {
  const rows = ["# MHz S MA R 50"];
  for (let i = 0; i < points; i++) {
    const lines = Array.from({ length: portCount }, (_, to) =>
      Array.from({ length: portCount }, (_, from) => {
        const size = (to === from ? 0.45 : 0.02) * (1.05 + Math.cos(i / 90 + to + from));
        return `${size.toFixed(6)} ${(((i * (3 + to + from)) / 20) % 360).toFixed(3)}`;
      }).join(" "),
    );
    rows.push(`${100 + i * 0.1} ${lines[0]}`, ...lines.slice(1));
  }
  return `${rows.join("\n")}\n`;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds from a press to the frame that shows what it did. */
const pressToFrame = (button) =>
  button.evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const begin = performance.now();
    element.click();
    // the drawing is done before the second frame begins
    await frame();
    await frame();
    return performance.now() - begin;
  });

export const drawn = (page) => page.evaluate(() => performance.getEntriesByName("alicorn:draw").at(-1)?.duration ?? null);

export default async function speed(group) {
  const { browser, tap } = group;
  const view = await View.start(group.program, await group.copy("tests/e2e/models/eight.yaml"));
  let page;
  await group.case("first paint", () => page, async () => {
    const paints = [];
    for (let i = 0; i < 3; i++) {
      page = await openPage(browser, view.url);
      await eventually(async () => assert.ok((await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)) > 0));
      paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
      if (i < 2) await close(page);
    }
    const bytes = await page.evaluate(() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation")).reduce((sum, each) => sum + each.encodedBodySize, 0));
    tap.figure(`first paint ${median(paints).toFixed(0)} ms (median of ${paints.length}), ${(bytes / 1024).toFixed(0)} KiB loaded`);
  });
  await group.case(`a sweep of ${portCount} ports with ${points} points`, () => page, async () => {
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 1 finished");
    await show(page, "Sweep");
    await page.getByLabel("Measured .sNp").setInputFiles({ name: "made-up.s8p", mimeType: "text/plain", buffer: Buffer.from(touchstone()) });
    await page.getByRole("button", { name: "Remove made-up.s8p" }).waitFor();
    const measured = figure(page, "VSWR").getByRole("listitem").filter({ hasText: "made-up.s8p" });
    await eventually(async () => assert.equal(await measured.count(), portCount));
    for (const [title, curves] of [["VSWR", portCount], ["|Sᵢⱼ|", (portCount * (portCount - 1)) / 2]]) {
      const quantity = page.getByRole("group", { name: "Quantity" });
      const times = [];
      for (let i = 0; i < 3; i++) {
        await quantity.getByRole("button", { name: "Return loss", exact: true }).click();
        await figure(page, "Return loss").waitFor();
        times.push(await pressToFrame(quantity.getByRole("button", { name: title, exact: true })));
        await figure(page, title).waitFor();
      }
      const draw = await drawn(page);
      assert.ok(draw > 0, "the page measures its drawing");
      tap.figure(`${curves} curves of ${points} points: drawn in ${draw.toFixed(0)} ms, ${median(times).toFixed(0)} ms from press to frame`);
    }
  });
  await close(page);
  await view.end();
}
