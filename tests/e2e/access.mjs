// SPDX-License-Identifier: Apache-2.0
// For everybody: axe-core on every view, dark and light; the keyboard alone; narrow screens; no WebGL.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { close, eventually, figure, launch, openPage, show, state, until } from "./lib/page.mjs";
import { View } from "./lib/program.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts a run as any program may (docs/api.md), and waits for its end. */
async function runs(url, request) {
  const { origin, searchParams } = new URL(url);
  const headers = { "X-Alicorn-Token": searchParams.get("token"), "Content-Type": "application/json" };
  const answer = await fetch(`${origin}/api/run`, { method: "POST", headers, body: JSON.stringify(request) });
  const { run } = await answer.json();
  return eventually(async () => {
    const document = await (await fetch(`${origin}/api/run?run=${run}`, { headers })).json();
    assert.equal(document.state, "finished", JSON.stringify(document.error));
    return document;
  }, `run ${run}`);
}

/** A session in which every view has something to show. */
async function everything(group) {
  const text = await readFile(join(group.root, "web/fixtures/mast.yaml"), "utf8");
  const path = join(group.folder, "mast.yaml");
  await writeFile(path, text.replaceAll("step: 1 MHz", "step: 4 MHz").replace("theta: [0, 90, 5], phi: [0, 360, 10]", "theta: [0, 90, 15], phi: [0, 360, 30]").replaceAll("[0, 355, 5]", "[0, 345, 15]"));
  const view = await View.start(group.program, path);
  await runs(view.url, { what: "solve" });
  await runs(view.url, { what: "solve", set: { out: 0.9 } });
  await runs(view.url, { what: "check" });
  await runs(view.url, { what: "cosite", radios: await readFile(join(group.root, "tests/e2e/models/radios.yaml"), "utf8") });
  return view;
}

/** What is there once a view shows what it has. */
const marks = {
  Overview: (page) => page.getByRole("heading", { name: /^Ports at/ }),
  Model: (page) => page.getByRole("tabpanel").locator("[role=application], .banner"),
  Pattern: (page) => figure(page, /^Azimuth/),
  Sweep: (page) => figure(page, "Smith chart"),
  Isolation: (page) => figure(page, /^Isolation, worst/),
  RCS: (page) => figure(page, /^Cross-section over/),
  Cosite: (page) => figure(page, /^Worst margin/),
  Requirements: (page) => page.getByRole("table"),
  Edit: (page) => page.getByRole("textbox", { name: "Text of the file" }).and(page.locator(".cm-content")),
  Compare: (page) => page.getByRole("table"),
};

const views = Object.keys(marks);

async function settle(page, title) {
  await show(page, title);
  await marks[title](page).first().waitFor();
}

export default async function access(group) {
  const { browser } = group;
  const view = await everything(group);
  let page;
  const step = (title, work) => group.case(title, () => page, work);

  for (const colorScheme of ["light", "dark"]) {
    page = await openPage(browser, view.url, { colorScheme, reducedMotion: "reduce" });
    await until(page, "Cosite 4 finished");
    for (const title of views)
      await step(`axe-core finds nothing serious in ${title}, ${colorScheme}`, async () => {
        await settle(page, title);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        for (const { id, impact } of violations) if (impact !== "serious" && impact !== "critical") group.tap.note(`${title}: ${id} (${impact})`);
        assert.deepEqual(bad.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary.split("\n").slice(1, 3).join(" ")}`).join(" | ")}`), []);
      });
    await close(page);
  }

  for (const [width, height] of [[1024, 768], [390, 844]]) {
    page = await openPage(browser, view.url, { viewport: { width, height }, hasTouch: width < 500 });
    await until(page, "Cosite 4 finished");
    await step(`nothing is wider than a screen of ${width} pixels`, async () => {
      for (const title of views) {
        await settle(page, title);
        const wide = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth,
          // what sticks out and belongs to nothing that scrolls
          parts: [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && element.getBoundingClientRect().width > 0)
            .slice(0, 3)
            .map((element) => element.outerHTML.slice(0, 120)),
        }));
        assert.ok(wide.page <= width, `${title}: ${wide.page} pixels: ${wide.parts.join(" ")}`);
      }
    });
    await close(page);
  }

  page = await openPage(browser, view.url);
  await until(page, "Cosite 4 finished");
  const focused = () => page.locator(":focus");
  /** Presses Tab until something has the focus; fails if the page was gone through. */
  const tabTo = async (wanted, most = 60) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      if ((await focused().and(wanted).count()) > 0) return;
    }
    throw new Error(`${wanted} is not reached in ${most} steps`);
  };
  /** What has the focus is drawn so that one sees it. */
  const visiblyFocused = async () => {
    const drawn = await focused().evaluate((element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && element.matches(":focus-visible");
    });
    assert.ok(drawn, await focused().evaluate((element) => element.outerHTML.slice(0, 200)));
  };

  await step("the keyboard alone skips, chooses views, runs and exports", async () => {
    await page.keyboard.press("Tab");
    await visiblyFocused();
    await page.keyboard.press("Enter");
    assert.equal(await page.getByRole("tabpanel").evaluate((panel) => document.activeElement === panel), true);
    await page.keyboard.press("4");
    await page.getByRole("tab", { name: "Sweep", selected: true }).waitFor();
    await tabTo(figure(page, "VSWR").getByRole("img"));
    await visiblyFocused();
    await page.keyboard.press("End");
    await figure(page, "VSWR").getByText("174 MHz").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "What is shown" }).getByText("174 MHz", { exact: true }).waitFor();
    await page.reload();
    await until(page, "Cosite 4 finished");
    await tabTo(page.getByRole("tab", { selected: true }));
    await visiblyFocused();
    for (const [key, title] of [["Home", "Overview"], ["ArrowRight", "Model"], ["End", "Compare"], ["ArrowRight", "Overview"], ["ArrowLeft", "Compare"]]) {
      await page.keyboard.press(key);
      await page.getByRole("tab", { name: title, selected: true }).and(focused()).waitFor();
    }
    await page.keyboard.press("4");
    await tabTo(page.getByText("Export", { exact: true }).first());
    await visiblyFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const coming = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    assert.match((await coming).suggestedFilename(), /\.png$/);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("1");
    await page.keyboard.press("Tab");
    await show(page, "Overview");
    await tabTo(page.getByRole("button", { name: "▶ Solve" }));
    await visiblyFocused();
    await page.keyboard.press("Enter");
    await until(page, "Solve 5 finished");
  });

  await step("every plot and table that scrolls is reached by Tab", async () => {
    for (const title of ["Pattern", "Sweep", "Isolation", "RCS", "Cosite"]) {
      await settle(page, title);
      const unreachable = await page.getByRole("tabpanel").evaluate((panel) =>
        [...panel.querySelectorAll("figure")].filter((plot) => ![...plot.querySelectorAll('[role="img"], .scroll')].some((part) => part.tabIndex >= 0)).map((plot) => plot.querySelector("h3")?.textContent),
      );
      assert.deepEqual(unreachable, []);
    }
  });

  await step("the editor is left with Escape and Tab", async () => {
    await settle(page, "Edit");
    await page.getByRole("textbox", { name: "Text of the file" }).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator(".cm-content").evaluate((editor) => document.activeElement === editor), false);
  });
  await close(page);

  const plain = await launch(group.browserPath, false);
  page = await openPage(plain, view.url, { allow: [/WebGL/i] });
  await step("without WebGL the page says so, and everything else works", async () => {
    assert.equal(await page.evaluate(() => document.createElement("canvas").getContext("webgl2")), null);
    await show(page, "Model");
    await page.getByText("This browser offers no WebGL").waitFor();
    assert.equal(await page.getByRole("tabpanel").locator("canvas").count(), 0);
    await show(page, "Sweep");
    await figure(page, "Smith chart").waitFor();
    assert.match(await state(page).textContent(), /finished/);
  });
  await close(page);
  await plain.close();
  await view.end();
}
