// SPDX-License-Identifier: Apache-2.0
// A browser, pages that may not complain, and what a user does on them: everything is found by role and name.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { chromium } from "playwright-core";

const webgl = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const noWebgl = ["--disable-gpu", "--disable-3d-apis", "--disable-webgl", "--disable-webgl2"];
const patience = 15_000; // [ms] for anything that has to happen on a page

/** Chromium with WebGL drawn by the processor, or with none. */
export const launch = (executablePath, with3d = true) =>
  chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", ...(with3d ? webgl : noWebgl)] });

/** A tab of its own, and all that goes wrong in it. */
export async function openPage(browser, url, { allow = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if ((message.type() === "error" || message.type() === "warning") && !allow.some((each) => each.test(message.text()))) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (!["data:", "blob:"].includes(address.protocol) && address.host !== new URL(url).host) complaints.push(`request to ${request.url()}`);
  });
  page.complaints = complaints;
  await page.goto(url);
  await page.getByRole("tablist").waitFor();
  return page;
}

export async function close(page) {
  await page.context().close();
  assert.deepEqual(page.complaints, []);
}

export const show = (page, title) => page.getByRole("tab", { name: title, exact: true }).click();

/** The line that tells what the newest run does. */
export const state = (page) => page.getByRole("region", { name: "Runs" }).getByRole("status");

/** Waits until that line says something; all of it. */
export async function until(page, expected) {
  const line = state(page);
  await line.filter({ hasText: expected }).waitFor({ timeout: 4 * patience });
  return line.textContent();
}

/** Waits for what must become true. */
export async function eventually(work, what = "it") {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what} does not happen: ${error.message}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export const figure = (page, title) => page.getByRole("figure", { name: title });

/** What the legend of a plot says: place of the cursor, and the value of each trace. */
export async function legend(plot) {
  const place = await plot.getByRole("status").first().textContent();
  const values = new Map();
  for (const entry of await plot.getByRole("listitem").all()) {
    const output = entry.getByRole("status");
    values.set(await entry.locator("span").first().textContent(), (await output.count()) > 0 ? await output.textContent() : "");
  }
  return { place, values };
}

/** Moves the cursor of a plot by keyboard: an object of keys and how often each. */
export async function cursor(plot, keys) {
  const drawing = plot.getByRole("img").first();
  await drawing.focus();
  for (const [key, times] of Object.entries(keys)) for (let i = 0; i < times; i++) await drawing.press(key);
  return legend(plot);
}

/** The file that an export of a plot gives: its name and bytes. */
export async function exported(page, title, kind) {
  const plot = figure(page, title);
  await plot.getByText("Export", { exact: true }).click();
  const coming = page.waitForEvent("download");
  await plot.getByRole("button", { name: kind, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), data: await readFile(await download.path()) };
}

/** Text of the cells of every row of a table, the header left out. */
export const rowsOf = async (table) =>
  table.getByRole("row").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim())).slice(1));

/** What an element looks like: number of distinct colours, and the share of the commonest. */
export async function looks(page, element) {
  const picture = (await element.screenshot()).toString("base64");
  // decoded on a blank page, which no policy of ours forbids anything
  const sheet = await page.context().newPage();
  const found = await sheet.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return { colours: counts.size, commonest: Math.max(...counts.values()) / pixels.length };
  }, picture);
  await sheet.close();
  return { ...found, picture };
}
