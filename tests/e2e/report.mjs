// SPDX-License-Identifier: Apache-2.0
// A report, opened as it lies in a mailbox: from file://, without any network.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { csv, decibels, shows, vswr } from "./lib/numbers.mjs";
import { cursor, exported, figure, rowsOf } from "./lib/page.mjs";
import { document, run } from "./lib/program.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export default async function report(group) {
  const { browser, program, folder } = group;
  const file = await group.copy("web/fixtures/mast.yaml");
  const radios = await group.copy("tests/e2e/models/radios.yaml");
  const made = join(folder, "mast.html");
  run(program, folder, "report", "mast.yaml", "--radios", "radios.yaml", "-o", "mast.html");
  const truth = document(program, folder, "solve", "mast.yaml");
  const { verdicts } = document(program, folder, "check", "mast.yaml");

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  const address = pathToFileURL(made).href;
  const complaints = [];
  const asked = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && !request.url().startsWith("blob:")) asked.push(request.url());
  });
  await context.setOffline(true);
  const step = (title, work) => group.case(title, () => page, work);

  await step("opens from file:// and asks for nothing else", async () => {
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: "mast.yaml" }).waitFor();
    await figure(page, "Smith chart").waitFor();
    // down to the end: what is loaded late would be asked for now
    await page.keyboard.press("End");
    await page.waitForTimeout(500);
    assert.deepEqual(asked, [address]);
  });

  await step("names its inputs by their SHA-256", async () => {
    const digests = await Promise.all([file, radios].map(async (path) => createHash("sha256").update(await readFile(path)).digest("hex")));
    for (const digest of digests) await page.getByText(digest).first().waitFor();
  });

  await step("has the numbers of the command line", async () => {
    const heading = await page.getByRole("heading", { name: /^Ports at/ }).textContent();
    const frequency = Number(heading.match(/[\d.]+/)[0]) * 1e6;
    const rows = await rowsOf(page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: "Impedance" }) }));
    assert.equal(rows.length, 5);
    for (const [name, , , standing, reflection] of rows) {
      const solve = truth.solves.find((each) => each.driven_port === name && each.frequency_hz === frequency);
      const s = solve.s[solve.ports.indexOf(name)][solve.ports.indexOf(name)];
      shows(standing, vswr(s), `VSWR of ${name}`, 3);
      shows(reflection, decibels(s), `S of ${name}`);
    }
    const judged = await rowsOf(page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: "Verdict" }) }));
    assert.deepEqual(judged.map((row) => row[0].split(" ")[1]), verdicts.map((verdict) => verdict.verdict));
    await figure(page, "Worst margin over all channels").waitFor();
    const sweep = truth.solves.filter((solve) => solve.task === 1 && solve.driven_port === "AIS");
    const table = csv((await exported(page, "VSWR", "CSV")).data.toString());
    assert.equal(table.length, sweep.length);
    table.forEach((row, i) => assert.ok(Math.abs(Number(row.AIS) - vswr(sweep[i].s[2][2])) < 1e-9));
    const { values } = await cursor(figure(page, "VSWR"), { Home: 1, ArrowRight: 6 });
    shows(values.get("AIS"), vswr(sweep[6].s[2][2]), "VSWR of AIS", 4);
  });

  await step("axe-core finds nothing serious in it", async () => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(bad.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`), []);
  });

  await step("is printed on several pages", async () => {
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    // whose curve is whose has to be on paper, buttons have not
    await page.emulateMedia({ media: "print" });
    await figure(page, "VSWR").getByText("AIS", { exact: true }).waitFor();
    assert.equal(await page.getByText("Export", { exact: true }).first().isVisible(), false);
    await page.emulateMedia({ media: null });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 3 && pages <= 40, `${pages} pages`);
    group.tap.note(`${pages} pages of A4, ${(pdf.length / 1024).toFixed(0)} KiB; the report has ${((await readFile(made)).length / 1e6).toFixed(1)} MB`);
  });

  assert.deepEqual(asked, [address]);
  assert.deepEqual(complaints, []);
  await context.close();
}
