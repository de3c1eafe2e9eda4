// SPDX-License-Identifier: Apache-2.0
// What bench/page tells beyond the tests: the unified mast with 50,000 triangles, turned.
import assert from "node:assert/strict";

import { close, eventually, openPage, show } from "./lib/page.mjs";
import { View } from "./lib/program.mjs";
import { facts } from "./scene.mjs";
import speed from "./speed.mjs";

const fine = ["--set", "edges=24", "--set", "curvature=10"];
const frames = 40;

export default async function figures(group) {
  const { browser, program, tap } = group;
  await speed(group);
  const view = await View.start(program, await group.copy("examples/unified-mast"), ...fine);
  const page = await openPage(browser, view.url, { reducedMotion: "reduce" });
  await group.case("the unified mast with 50,000 triangles", () => page, async () => {
    const { origin, searchParams } = new URL(view.url);
    const begin = performance.now();
    // the page's own request joins this one: geometry is made once at a time
    const answer = await fetch(`${origin}/api/model`, { method: "POST", headers: { "X-Alicorn-Token": searchParams.get("token"), "Content-Type": "application/json" }, body: "{}" });
    const document = await answer.text();
    tap.figure(`geometry: ${JSON.parse(document).triangles.length / 3} triangles meshed and sent in ${((performance.now() - begin) / 1000).toFixed(1)} s, ${(document.length / 1e6).toFixed(1)} MB`);
    await show(page, "Model");
    const canvas = page.getByRole("tabpanel").getByRole("application");
    await canvas.waitFor({ timeout: 100_000 });
    await eventually(async () => assert.ok((await facts(canvas)).triangles > 40_000));
    await canvas.focus();
    const took = await page.evaluate(async (count) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const begin = performance.now();
      for (let i = 0; i < count; i++) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
        await frame();
      }
      return (performance.now() - begin) / count;
    }, frames);
    const { drawCalls, triangles, frameMs } = await facts(canvas);
    tap.figure(`turned: ${triangles} triangles in ${drawCalls} draw calls, ${frameMs} ms of script in a frame; ${took.toFixed(0)} ms from frame to frame with WebGL done by the processor`);
  });
  await close(page);
  await view.end();
}
