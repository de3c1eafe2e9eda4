// SPDX-License-Identifier: Apache-2.0
// Screenshots of every view for docs/view.md, on request: the unified mast between 150 and 174 MHz, and a Yagi. They take a minute or two.
import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { close, eventually, figure, openPage, show, until } from "./lib/page.mjs";
import { View } from "./lib/program.mjs";

const largest = 150 * 1024; // [bytes] of one picture
const minutes = 60_000;

export default async function pictures(group) {
  const { browser, program, tap } = group;
  await mkdir(group.pictures, { recursive: true });
  let page;
  const step = (title, work) => group.case(title, () => page, work, 10 * minutes);
  const take = async (name) => {
    // fonts, animations and the picture in three dimensions come to rest
    await page.mouse.move(0, 0);
    await page.waitForTimeout(600);
    const path = join(group.pictures, `${name}.png`);
    await page.screenshot({ path });
    const { size } = await stat(path);
    tap.note(`${name}.png: ${(size / 1024).toFixed(0)} KiB`);
    assert.ok(size <= largest, `${name}.png has ${size} bytes`);
  };
  const canvas = () => page.getByRole("tabpanel").getByRole("application");
  const drawn = () => eventually(async () => assert.ok(Number(await canvas().getAttribute("data-triangles")) > 100), "a picture");
  /** Only these ports are shown. */
  const only = async (...names) => {
    for (const each of await page.getByRole("group", { name: "Ports" }).getByRole("button").all()) {
      const shown = (await each.getAttribute("aria-pressed")) === "true";
      if (shown !== names.includes(await each.textContent())) await each.click();
    }
  };

  const folder = await group.copy("examples/unified-mast");
  const text = await readFile(join(folder, "mast.yaml"), "utf8");
  await writeFile(join(folder, "mast.yaml"), text.replace("frequencies: =f", "frequencies: { start: 150 MHz, stop: 174 MHz, step: 0.5 MHz }").replace("pattern: { theta: 88, phi: [0, 355, 5] }", "pattern: { theta: [0, 90, 2], phi: [0, 360, 4], frequencies: [162 MHz] }").replace("- s_parameters: {}", "- s_parameters: {}\n  - currents: {}"));
  let view = await View.start(program, folder, "--adaptive", "0.005", "--set", "edges=5");
  page = await openPage(browser, view.url, { reducedMotion: "reduce", colorScheme: "light" });
  await step("the mast is solved", async () => {
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await page.getByText("Solve 1 finished").waitFor({ timeout: 5 * minutes });
  });
  await step("model", async () => {
    await show(page, "Model");
    await drawn();
    await only("AIS");
    await take("model");
  });
  await step("overview", async () => {
    await show(page, "Overview");
    await page.getByRole("heading", { name: /^Ports at/ }).waitFor();
    await take("overview");
  });
  await step("sweep", async () => {
    await show(page, "Sweep");
    await only("AIS", "RX");
    await take("sweep");
  });
  await step("pattern", async () => {
    await show(page, "Pattern");
    await only("AIS");
    await drawn();
    await take("pattern");
    await only("VHF", "AIS", "UHF", "TACAN", "IFF", "LINK", "GNSS", "RX");
  });
  await step("isolation", async () => {
    await show(page, "Isolation");
    await figure(page, /^Isolation, worst/).waitFor();
    await take("isolation");
  });
  await close(page);
  await view.end();

  await writeFile(join(folder, "mast.yaml"), text);
  view = await View.start(program, folder);
  page = await openPage(browser, view.url, { reducedMotion: "reduce", colorScheme: "light" });
  await step("rcs", async () => {
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await page.getByText("Solve 1 finished").waitFor({ timeout: 5 * minutes });
    await show(page, "RCS");
    await page.getByRole("button", { name: "Compute" }).click();
    await page.getByText("Cross-sections 2 finished").waitFor({ timeout: 5 * minutes });
    await figure(page, /^Cross-section over/).waitFor();
    await take("rcs");
  });
  await step("cosite", async () => {
    await show(page, "Cosite");
    await page.getByLabel("Radios file (YAML)").setInputFiles(join(folder, "radios.yaml"));
    await page.getByRole("button", { name: "Analyse" }).click();
    await until(page, "Cosite 3 finished");
    await figure(page, /^Worst margin/).waitFor();
    await take("cosite");
  });
  await step("requirements", async () => {
    await page.getByRole("region", { name: "Runs" }).getByRole("button", { name: "Check" }).click();
    await page.getByText("Requirements 4 finished").waitFor({ timeout: 5 * minutes });
    await show(page, "Requirements");
    await page.getByRole("table").waitFor();
    await take("requirements");
  });
  await close(page);
  await view.end();

  view = await View.start(program, await group.copy("examples/decks/yagi-144mhz.nec"));
  page = await openPage(browser, view.url, { reducedMotion: "reduce", colorScheme: "light" });
  await step("edit", async () => {
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 1 finished");
    await show(page, "Edit");
    const slider = page.getByRole("slider", { name: "driven", exact: true });
    for (let i = 0; i < 6; i++) await slider.press("ArrowLeft");
    await until(page, "Solve 2 finished");
    await page.getByRole("textbox", { name: "Text of the file" }).focus();
    await page.keyboard.press("Control+Home");
    for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowDown");
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("x");
    await page.getByRole("button", { name: /error.*line 9/ }).waitFor();
    await take("edit");
    await page.keyboard.press("Backspace");
    await page.getByText("As on disk").waitFor();
  });
  await step("compare", async () => {
    await show(page, "Compare");
    await page.getByRole("table").waitFor();
    await take("compare");
  });
  await step("dark, and the far field of a Yagi", async () => {
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await show(page, "Pattern");
    await drawn();
    await take("dark");
  });
  await close(page);
  page = await openPage(browser, view.url, { reducedMotion: "reduce", colorScheme: "light", viewport: { width: 390, height: 800 } });
  await step("a phone", async () => {
    await show(page, "Pattern");
    await figure(page, /^Azimuth/).waitFor();
    await take("phone");
  });
  await close(page);
  await view.end();
}
