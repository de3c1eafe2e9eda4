// SPDX-License-Identifier: Apache-2.0
// The unified mast in three dimensions, drawn by the processor (software WebGL).
import assert from "node:assert/strict";

import { close, eventually, looks, openPage, show, until } from "./lib/page.mjs";
import { View } from "./lib/program.mjs";

const coarse = ["--set", "f=60e6", "--set", "edges=5", "--set", "curvature=90"];

/** Draw calls, triangles and script time of the last frame, as the canvas tells. */
export const facts = async (canvas) => {
  const { drawCalls, triangles, frameMs } = await canvas.evaluate((element) => ({ ...element.dataset }));
  return { drawCalls: Number(drawCalls), triangles: Number(triangles), frameMs: Number(frameMs) };
};

/** Turns it a few times, and tells what a frame costs: software draws here, so only script time and counts mean something. */
async function tell(page, canvas, tap) {
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("ArrowLeft");
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const { drawCalls, triangles, frameMs } = await facts(canvas);
  tap.figure(`unified mast: ${triangles} triangles in ${drawCalls} draw calls, ${frameMs} ms of script in a frame`);
}

export default async function scene(group) {
  const { browser, program, tap } = group;
  const folder = await group.copy("examples/unified-mast");
  const view = await View.start(program, folder, ...coarse);
  let page = await openPage(browser, view.url, { reducedMotion: "reduce" });
  const step = (title, work) => group.case(title, () => page, work);
  const canvas = () => page.getByRole("tabpanel").getByRole("application");

  let still;
  await step("the unified mast is drawn", async () => {
    await show(page, "Model");
    await eventually(async () => {
      const drawn = await facts(canvas());
      assert.ok(drawn.triangles > 1000 && drawn.drawCalls > 0, JSON.stringify(drawn));
      still = await looks(page, canvas());
      assert.ok(still.colours > 100 && still.commonest < 0.99, `${still.colours} colours, ${still.commonest}`);
    }, "a picture");
  });

  await step("it is turned by keyboard and by mouse", async () => {
    await canvas().focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
    let turned;
    await eventually(async () => {
      turned = await looks(page, canvas());
      assert.notEqual(turned.picture, still.picture);
    }, "another picture");
    await tell(page, canvas(), tap);
    const box = await canvas().boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 80, y + 20, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => assert.notEqual((await looks(page, canvas())).picture, turned.picture), "a third picture");
  });

  await step("what is pressed leads to its line", async () => {
    await canvas().focus();
    await page.keyboard.press("x");
    await page.keyboard.press("0");
    const box = await canvas().boundingBox();
    const chosen = page.getByRole("tabpanel").getByRole("status").getByRole("button", { name: /^line \d+$/ });
    // somewhere down the middle is the column
    for (let i = 2; i < 9 && (await chosen.count()) === 0; i++) {
      await page.mouse.click(box.x + box.width / 2, box.y + (box.height * i) / 10);
      await page.waitForTimeout(100);
    }
    const line = Number((await chosen.textContent()).match(/\d+/)[0]);
    assert.ok(line > 1);
    await chosen.click();
    await page.getByRole("tab", { name: "Edit", selected: true }).waitFor();
    const active = page.locator(".cm-activeLineGutter");
    await eventually(async () => assert.equal(Number(await active.textContent()), line), "the line in the editor");
  });

  await step("a solve colours it with currents, and gives a far field", async () => {
    await show(page, "Model");
    await eventually(async () => assert.ok((await facts(canvas())).triangles > 1000));
    const plain = await looks(page, canvas());
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 1 finished");
    await eventually(async () => assert.notEqual((await looks(page, canvas())).picture, plain.picture), "currents");
    await show(page, "Pattern");
    await eventually(async () => {
      const { colours, commonest } = await looks(page, canvas());
      assert.ok(colours > 50 && commonest < 0.995, `${colours} colours, ${commonest}`);
    }, "a far field");
  });

  await step("pictures that come and go leave no contexts behind", async () => {
    // browsers have sixteen or so at a time, and complain
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press("1");
      await page.keyboard.press("2");
    }
    await eventually(async () => assert.ok((await facts(canvas())).triangles > 1000));
    assert.deepEqual(page.complaints, []);
  });

  await close(page);
  await view.end();
}
