// SPDX-License-Identifier: Apache-2.0
// Runs a project from the page, and reads a value off each plot: it has to be what the command line says of the same file.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { csv, decibels, hertz, numbersIn, shows, vswr } from "./lib/numbers.mjs";
import { close, cursor, eventually, exported, figure, openPage, rowsOf, show, state, until } from "./lib/page.mjs";
import { document, run, View } from "./lib/program.mjs";

const ports = ["VHF-1", "VHF-2", "AIS", "DSC", "RX"];

/** 121 frequencies, so that there is something to stop. */
async function longProject(group) {
  const text = await readFile(join(group.root, "web/fixtures/mast.yaml"), "utf8");
  const path = join(group.folder, "long.yaml");
  await writeFile(path, text.replace("step: 1 MHz }", "step: 0.2 MHz }").replace(/ {2}- (pattern|rcs): \{ (theta: \[0|theta: 85, phi: \[0, 355, 5\], freq).*\n/g, ""));
  return path;
}

export default async function results(group) {
  const { browser, program, folder } = group;
  const file = await group.copy("web/fixtures/mast.yaml");
  const truth = document(program, folder, "solve", file);
  const sweep = truth.solves.filter((solve) => solve.task === 1 && solve.driven_port === ports[0]);
  const at = (frequency) => sweep.find((solve) => solve.frequency_hz === frequency);

  await stopsAndResumes(group);

  const view = await View.start(program, file);
  let page = await openPage(browser, view.url);
  const step = (title, work) => group.case(title, () => page, work);

  await step("opens with the file's name, and nothing solved", async () => {
    await page.getByRole("heading", { level: 1, name: "mast.yaml" }).waitFor();
    await page.getByText("Mast with five marine VHF dipoles").first().waitFor();
    assert.match(await state(page).textContent(), /Nothing was solved yet/);
  });

  await step("tells another tab of a run", async () => {
    const other = await openPage(browser, view.url);
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 1 finished");
    await until(other, "Solve 1 finished");
    for (const tab of [page, other]) {
      await show(tab, "Overview");
      await tab.getByRole("heading", { name: /^Ports at/ }).waitFor();
    }
    // the word that a run has ended comes before its whole document
    await eventually(async () => {
      const tables = await Promise.all([page, other].map(async (tab) => rowsOf(tab.getByRole("table").first())));
      assert.equal(tables[0].length, ports.length);
      assert.deepEqual(tables[0], tables[1]);
    }, "what both tabs agree about");
    await close(other);
  });

  await step("shows impedance, VSWR and gain of each port", async () => {
    const heading = await page.getByRole("heading", { name: /^Ports at/ }).textContent();
    const rows = await rowsOf(page.getByRole("table").first());
    for (const [name, impedance, error, standing, reflection, gain] of rows) {
      const solve = truth.solves.find((each) => each.driven_port === name && each.frequency_hz === hertz(heading) && each.gain);
      const [source] = solve.sources;
      const [re, im] = impedance.split(" ").filter((part) => /\d/.test(part));
      shows(re, source.impedance[0], `R of ${name}`, 4);
      shows(im, Math.abs(source.impedance[1]), `X of ${name}`, 4);
      assert.equal(impedance.includes("− j"), source.impedance[1] < 0);
      shows(error, source.impedance_error, `error of ${name}`, 2);
      const s = solve.s[solve.ports.indexOf(name)][solve.ports.indexOf(name)];
      shows(standing, vswr(s), `VSWR of ${name}`, 3);
      shows(reflection, decibels(s), `S of ${name}`);
      shows(gain, solve.gain.max_dbi, `gain of ${name}`);
    }
  });

  await step("reads VSWR, return loss, S and impedance off the sweep", async () => {
    await show(page, "Sweep");
    const quantities = {
      VSWR: (i) => [[ports[i], vswr(at(156e6).s[i][i])]],
      "Return loss": (i) => [[ports[i], -decibels(at(156e6).s[i][i])]],
      "|Sᵢᵢ|": (i) => [[ports[i], decibels(at(156e6).s[i][i])]],
      Impedance: (i) => {
        const solve = truth.solves.find((each) => each.task === 1 && each.frequency_hz === 156e6 && each.driven_port === ports[i]);
        return solve.sources[0].impedance.map((part, k) => [`${ports[i]} ${"RX"[k]}`, part]);
      },
      "|Sᵢⱼ|": (i) => ports.slice(0, i).map((from, j) => [`${from} → ${ports[i]}`, decibels(at(156e6).s[i][j])]),
    };
    for (const [title, wanted] of Object.entries(quantities)) {
      await page.getByRole("group", { name: "Quantity" }).getByRole("button", { name: title, exact: true }).click();
      const values = await eventually(async () => {
        const read = await cursor(figure(page, title), { Home: 1, ArrowRight: 6 });
        assert.equal(hertz(read.place), 156e6, read.place);
        return read.values;
      }, `the cursor in ${title}`);
      const expected = ports.flatMap((_, i) => wanted(i));
      assert.equal(values.size, expected.length);
      for (const [name, value] of expected) shows(values.get(name) ?? "", value, `${title} of ${name}`, 4);
    }
  });

  await step("reads an impedance off the Smith chart", async () => {
    const { place, values } = await cursor(figure(page, "Smith chart"), { ArrowRight: 7 });
    assert.equal(hertz(place), 156e6, place);
    const [source] = truth.solves.find((each) => each.task === 1 && each.frequency_hz === 156e6 && each.driven_port === ports[0]).sources;
    const [re, im, standing] = numbersIn(values.get(ports[0]).replace("− j", "−"));
    shows(String(re), source.impedance[0], "R", 4);
    shows(String(im), source.impedance[1], "X", 4);
    shows(String(standing), vswr(at(156e6).s[0][0]), "VSWR", 3);
  });

  await step("reads gains off both cuts of the pattern", async () => {
    await show(page, "Pattern");
    const main = hertz(await page.getByRole("region", { name: "What is shown" }).getByRole("status").textContent());
    for (const [title, theta, phi, keys, place] of [
      [/^Azimuth, θ = 90°/, 90, 50, { PageUp: 5 }, "φ 50°"],
      [/^Elevation, φ = 0°/, 35, 0, { ArrowLeft: 5, PageUp: 3 }, "angle from zenith 35°"],
    ]) {
      const read = await cursor(figure(page, title), keys);
      assert.equal(read.place, place);
      for (const port of ports) {
        const { patterns } = truth.solves.find((each) => each.driven_port === port && each.frequency_hz === main && each.patterns);
        const [cut] = patterns;
        const value = cut.total_dbi[cut.phi_deg.indexOf(phi)][cut.theta_deg.indexOf(theta)];
        shows(read.values.get(port), value, `gain of ${port} at θ ${theta}°, φ ${phi}°`);
      }
    }
  });

  await step("reads isolations off the matrix and its curve", async () => {
    await show(page, "Isolation");
    const worst = (to, from) => Math.min(...sweep.map((solve) => -decibels(solve.s[to][from])));
    const matrix = figure(page, "Isolation, worst over band");
    await matrix.waitFor();
    const cells = await matrix.locator("title").allTextContents();
    for (const [i, to] of ports.entries())
      for (const [j, from] of ports.entries()) {
        if (i === j) continue;
        const cell = cells.find((each) => each.startsWith(`${to}, ${from}: `));
        shows(cell.split(": ")[1], worst(i, j), `isolation ${from} to ${to}`);
      }
    // from the worst pair, that is chosen at first, to another by keyboard
    await page.getByRole("figure", { name: "Isolation DSC → VHF-2" }).waitFor();
    const drawing = matrix.getByRole("img");
    for (const key of ["ArrowUp", "ArrowDown", "ArrowDown"]) await drawing.press(key);
    const curve = page.getByRole("figure", { name: "Isolation DSC → AIS" });
    const [from, to] = ["DSC", "AIS"];
    const { place, values } = await cursor(curve, { PageDown: 1, ArrowRight: 1 });
    shows([...values.values()][0], -decibels(at(hertz(place)).s[ports.indexOf(to)][ports.indexOf(from)]), `isolation ${from} to ${to} at ${place}`, 4);
  });

  await step("computes cross-sections", async () => {
    await show(page, "RCS");
    const wanted = document(program, folder, "rcs", file, "--theta", "85", "--phi", "0:350:10");
    await page.getByRole("combobox", { name: /^at/ }).selectOption({ label: `all ${new Set(truth.solves.map((solve) => solve.frequency_hz)).size} frequencies` });
    const azimuth = page.getByRole("group", { name: "φ [°]" });
    await azimuth.getByLabel("to").fill("350");
    await azimuth.getByLabel("step").fill("10");
    await azimuth.getByLabel("step").press("Enter");
    await until(page, "Cross-sections 2 finished");
    await page.getByRole("combobox", { name: /^Show/ }).selectOption({ label: "run 2" });
    const plot = page.getByRole("figure", { name: /^Cross-section at/ });
    const frequency = hertz(await plot.getByRole("heading").textContent());
    const angle = 110;
    const values = await eventually(async () => {
      const read = await cursor(plot, { Home: 1, ArrowRight: 11 });
      assert.equal(numbersIn(read.place)[0], angle);
      return read.values;
    }, "the cursor");
    const row = wanted.solves.find((solve) => solve.frequency_hz === frequency).rcs.find((each) => each.phi_deg === angle);
    shows(values.get("VV"), row.vv_dbsm, "VV", 4);
    // upright wires have no other echo
    assert.ok(row.hh_dbsm === null || row.hh_dbsm < -100);
    assert.deepEqual([...values.keys()], ["VV"]);
    const polar = await cursor(figure(page, /^Cross-section over φ/), { PageUp: 11 });
    shows(polar.values.get("VV"), row.vv_dbsm, "VV of the polar plot");
  });

  await step("judges requirements, and leads to what decides", async () => {
    await show(page, "Requirements");
    const { verdicts } = document(program, folder, "check", file);
    await page.getByRole("region", { name: "Runs" }).getByRole("button", { name: "Check" }).click();
    await until(page, "Requirements 3 finished");
    const rows = await rowsOf(page.getByRole("table"));
    assert.equal(rows.length, verdicts.length);
    for (const [i, verdict] of verdicts.entries()) {
      assert.match(rows[i][0], new RegExp(verdict.verdict));
      shows(rows[i][3], verdict.value, `value of line ${verdict.line}`, 4);
      assert.equal(rows[i][5], String(verdict.line));
    }
    await page.getByRole("button", { name: /^See what decides/ }).first().click();
    await page.getByRole("tab", { name: "Isolation", selected: true }).waitFor();
    await page.getByRole("group", { name: "Ports" }).getByRole("button", { pressed: false }).first().waitFor();
    for (const port of await page.getByRole("group", { name: "Ports" }).getByRole("button", { pressed: false }).allTextContents()) await page.getByRole("button", { name: port, exact: true }).click();
  });

  await step("analyses radios on what was solved", async () => {
    await show(page, "Cosite");
    const radios = await group.copy("tests/e2e/models/radios.yaml");
    const network = join(folder, "mast.s5p");
    run(program, folder, "solve", file, "--touchstone", network);
    const wanted = document(program, folder, "cosite", radios, "--s", network);
    await page.getByLabel("Radios file (YAML)").setInputFiles(radios);
    await page.getByRole("button", { name: "Analyse" }).click();
    await until(page, "Cosite 4 finished");
    const matrix = figure(page, "Worst margin over all channels");
    await matrix.waitFor();
    const cells = await matrix.locator("title").allTextContents();
    let seen = 0;
    for (const pair of wanted.pairs) {
      const cell = cells.find((each) => each.startsWith(`${pair.victim}, ${pair.aggressor}: `));
      if (pair.margin_db === null) continue;
      seen++;
      shows(cell.slice(cell.indexOf(": ")), pair.margin_db, `margin of ${pair.victim} and ${pair.aggressor}`);
    }
    assert.ok(seen >= 4, `${seen} margins`);
    // down to the lines of the spectrum, which the table repeats
    const spectrum = page.getByRole("figure", { name: / disturbed by / });
    const [victim] = (await spectrum.getByRole("heading").textContent()).split(" disturbed by ");
    const worst = Math.max(...wanted.interferences.filter((each) => each.victim === victim).map((each) => each.margin_db));
    const rows = await rowsOf(page.getByRole("table").first());
    shows(rows[0][5], worst, `worst margin of ${victim}`);
    await spectrum.getByRole("img").press("End");
    const last = await spectrum.getByRole("status").textContent();
    assert.equal(hertz(last), Math.max(...(await Promise.all(rows.map((row) => hertz(row[2]))))), last);
  });

  await step("exports numbers and pictures", async () => {
    await show(page, "Sweep");
    const table = await exported(page, "VSWR", "CSV");
    assert.equal(table.name, "mast-vswr.csv");
    const rows = csv(table.data.toString());
    assert.equal(rows.length, sweep.length);
    for (const [i, row] of rows.entries()) {
      assert.equal(Number(row["Frequency [Hz]"]), sweep[i].frequency_hz);
      ports.forEach((port, k) => assert.ok(Math.abs(Number(row[port]) - vswr(sweep[i].s[k][k])) < 1e-9 * Number(row[port]), `${port} in row ${i}`));
    }
    for (const title of ["VSWR", "Smith chart"]) {
      const drawing = (await exported(page, title, "SVG")).data.toString();
      // the browser's own parser judges it, as a file that stands alone
      const judged = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
        return { error: parsed.querySelector("parsererror")?.textContent ?? null, root: parsed.documentElement.localName, paths: parsed.querySelectorAll("path").length, texts: [...parsed.querySelectorAll("text")].map((each) => each.textContent) };
      }, drawing);
      assert.equal(judged.error, null);
      assert.equal(judged.root, "svg");
      assert.ok(judged.paths > 5 && judged.texts.length > 5 && !/NaN|undefined|class=/.test(drawing), `${judged.paths} paths, ${judged.texts.length} texts`);
      if (title === "VSWR") assert.ok(judged.texts.includes("Frequency [MHz]") && judged.texts.includes("AIS"), judged.texts.join(", "));
      const picture = (await exported(page, title, "PNG")).data;
      assert.deepEqual([...picture.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      assert.ok(picture.readUInt32BE(16) >= 800 && picture.readUInt32BE(20) >= 400);
    }
  });

  await step("lays a measured file over the sweep", async () => {
    const text = ["! measured with a made-up instrument", "# MHz S RI R 50", "150 .5 0", "160 .25 0", "174 .1 -.1"].join("\n");
    const path = join(folder, "antenna.s1p");
    await writeFile(path, `${text}\n`);
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "antenna.s1p"));
      return transfer;
    }, `${text}\n`);
    await show(page, "Overview");
    for (const event of ["dragenter", "dragover", "drop"]) await page.getByRole("tabpanel").dispatchEvent(event, { dataTransfer: data });
    await page.getByRole("tab", { name: "Sweep", selected: true }).waitFor();
    await page.getByRole("button", { name: "Remove antenna.s1p" }).waitFor();
    const { values } = await eventually(async () => {
      const read = await cursor(figure(page, "VSWR"), { Home: 1, PageDown: 1, ArrowRight: 1 });
      assert.ok([...read.values.values()].some(Boolean));
      return read;
    });
    const [name] = [...values.keys()].filter((each) => each.includes("antenna.s1p"));
    const rows = csv((await exported(page, "VSWR", "CSV")).data.toString());
    const measured = rows.filter((row) => row[name] !== "").map((row) => [Number(row["Frequency [Hz]"]), Number(Number(row[name]).toFixed(9))]);
    const last = Number(vswr([0.1, -0.1]).toFixed(9));
    assert.deepEqual(measured, [[150e6, 3], [160e6, Number((1.25 / 0.75).toFixed(9))], [174e6, last]]);
    await page.getByRole("button", { name: "Remove antenna.s1p" }).click();
    // what is no such file is told with its line, and nothing changes
    await page.getByLabel("Measured .sNp").setInputFiles({ name: "bad.s1p", mimeType: "text/plain", buffer: Buffer.from("# MHz S RI R 50\n150 .5 x\n") });
    await page.getByRole("log", { name: "Messages" }).getByText(/:2:\d+:/).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
  });

  await step("is left and found again", async () => {
    await page.reload();
    await until(page, "Cosite 4 finished");
    await show(page, "Overview");
    await page.getByRole("heading", { name: /^Ports at/ }).waitFor();
  });

  // Chromium reports every refused request by itself
  page.complaints.splice(0, Infinity, ...page.complaints.filter((each) => !/status of 400/.test(each)));
  await close(page);
  await view.end();
}

/** Starts a run and stops it in the middle, as soon as it is seen to move; another one if that had ended by then. The number of the run. */
async function stopOne(page, other) {
  const progress = page.getByRole("progressbar", { name: "Progress of the run" });
  for (let number = 1; number <= 4; number += 1) {
    const told = other.getByRole("progressbar", { name: "Progress of the run" }).waitFor();
    const seen = new Set();
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await eventually(async () => {
      seen.add(Number(await progress.getAttribute("value")));
      assert.ok(seen.size > 1);
    }, "progress");
    await page.getByRole("button", { name: "■ Stop" }).click({ timeout: 3000 }).catch(() => undefined);
    await told;
    if (/stopped/.test(await until(page, new RegExp(`Solve ${number} (stopped|finished)`)))) return number;
  }
  throw new Error("no run could be stopped before it ended");
}

/** Progress, stop in one tab, resume in another. */
async function stopsAndResumes(group) {
  const { browser, program, folder } = group;
  const file = await longProject(group);
  const view = await View.start(program, file, "--threads", "1");
  const page = await openPage(browser, view.url);
  await group.case("stops a sweep, which another tab resumes", () => page, async () => {
    const other = await openPage(browser, view.url);
    const number = await stopOne(page, other);
    await until(other, `Solve ${number} stopped`);
    await show(other, "Sweep");
    const half = csv((await exported(other, "VSWR", "CSV")).data.toString()).length;
    assert.ok(half >= 1 && half < 121, `${half} frequencies`);
    await other.getByRole("button", { name: "Resume" }).click();
    await until(other, `Solve ${number} finished`);
    await until(page, `Solve ${number} finished`);
    await show(page, "Sweep");
    const wanted = document(program, folder, "solve", file).solves.filter((solve) => solve.driven_port === "AIS");
    for (const tab of [page, other]) {
      const rows = csv((await exported(tab, "VSWR", "CSV")).data.toString());
      assert.deepEqual(rows.map((row) => Number(row["Frequency [Hz]"])), wanted.map((solve) => solve.frequency_hz));
      rows.forEach((row, i) => assert.ok(Math.abs(Number(row.AIS) - vswr(wanted[i].s[2][2])) < 1e-9));
    }
    await close(other);
  });
  await close(page);
  await view.end();
}
