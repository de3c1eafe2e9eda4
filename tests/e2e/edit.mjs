// SPDX-License-Identifier: Apache-2.0
// Variables, errors, saving, and somebody else's changes: on a deck.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";

import { hertz, numbersIn, shows } from "./lib/numbers.mjs";
import { close, eventually, openPage, rowsOf, show, until } from "./lib/page.mjs";
import { document, View } from "./lib/program.mjs";

const editor = (page) => page.getByRole("textbox", { name: "Text of the file" });

/** Puts the caret at a line (from 1) and at its beginning, as a user without a mouse does. */
async function goTo(page, line) {
  await editor(page).focus();
  await page.keyboard.press("Control+Home");
  for (let i = 1; i < line; i++) await page.keyboard.press("ArrowDown");
}

export default async function edit(group) {
  const { browser, program, folder } = group;
  const file = await group.copy("examples/decks/yagi-144mhz.nec");
  const original = await readFile(file, "utf8");
  const lines = original.split("\n");
  const wire = lines.findIndex((line) => line.startsWith("GW 3")) + 1;
  const view = await View.start(program, file);
  const page = await openPage(browser, view.url, { allow: [/status of 409/] });
  const step = (title, work) => group.case(title, () => page, work);

  /** Impedance that the page shows after a run, and what the program says. */
  const compareImpedance = async (...settings) => {
    await show(page, "Overview");
    const heading = page.getByRole("heading", { name: /^Ports at/ });
    await heading.waitFor();
    const frequency = hertz(await heading.textContent());
    const [row] = await rowsOf(page.getByRole("table").first());
    const wanted = document(program, folder, "solve", file, ...settings.flatMap((each) => ["--set", each])).solves.find((solve) => solve.frequency_hz === frequency);
    const [re, im] = numbersIn(row[1].replace("− j", "−").replace("+ j", ""));
    shows(String(re), wanted.sources[0].impedance[0], "R", 4);
    shows(String(im), wanted.sources[0].impedance[1], "X", 4);
    shows(row[5], wanted.gain.max_dbi, "gain");
    return wanted.sources[0].impedance;
  };

  await step("solves one frequency when a slider rests", async () => {
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 1 finished");
    const before = await compareImpedance();
    await show(page, "Edit");
    const slider = page.getByRole("slider", { name: "driven", exact: true });
    await slider.focus();
    for (let i = 0; i < 5; i++) await slider.press("ArrowLeft");
    const value = Number(await slider.inputValue());
    assert.ok(value < 0.4965, `${value}`);
    await until(page, "Solve 2 finished");
    const after = await compareImpedance(`driven=${value}`);
    assert.ok(Math.abs(after[1] - before[1]) > 1, "the reactance moves");
    await show(page, "Edit");
    await page.getByRole("spinbutton", { name: "Value of x1" }).fill("0.42");
    await page.getByRole("spinbutton", { name: "Value of x1" }).press("Enter");
    await until(page, "Solve 3 finished");
    await compareImpedance(`driven=${value}`, "x1=0.42");
    assert.equal(await readFile(file, "utf8"), original, "the file is as it was");
    await show(page, "Edit");
    for (const name of ["driven", "x1"]) await page.getByRole("button", { name: new RegExp(`^Reset ${name} to`) }).click();
    await until(page, "Solve 4 finished");
  });

  await step("compares two runs", async () => {
    await show(page, "Compare");
    await page.getByRole("combobox", { name: /^A/ }).selectOption({ index: 0 });
    await page.getByRole("combobox", { name: /^B/ }).selectOption({ index: 1 });
    const change = await eventually(async () => {
      const rows = await rowsOf(page.getByRole("table"));
      const found = rows.find((row) => row[0] === "VSWR");
      assert.ok(found && numbersIn(found[4])[0] !== 0, JSON.stringify(rows.slice(0, 5)));
      return found;
    }, "a change of the VSWR");
    // the change is the difference of what stands beside it
    assert.ok(Math.abs(numbersIn(change[3])[0] - numbersIn(change[2])[0] - numbersIn(change[4])[0]) < 0.011);
  });

  await step("shows an error at its line and column while typing, and leads there", async () => {
    await show(page, "Edit");
    await goTo(page, wire);
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.type("x");
    const finding = page.getByRole("button", { name: new RegExp(`error.*line ${wire}, column 6`) });
    await finding.waitFor();
    assert.ok(await page.getByRole("button", { name: "▶ Solve" }).isDisabled());
    // its press puts the caret on the wrong field: deleting one letter there mends the deck
    await page.keyboard.press("Control+Home");
    await finding.click();
    await editor(page).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Delete");
    await finding.waitFor({ state: "detached" });
    assert.ok(await page.getByRole("button", { name: "▶ Solve" }).isEnabled());
    await page.getByText("As on disk").waitFor();
  });

  await step("solves what is typed, and writes the file on save only", async () => {
    await goTo(page, lines.findIndex((line) => line.startsWith("FR")) + 1);
    await page.keyboard.press("Home");
    await page.keyboard.type("' three frequencies\n");
    await page.keyboard.press("Shift+End");
    await page.keyboard.type("FR 0 3 0 0 144.0 1");
    await page.getByText("not saved").waitFor();
    await page.getByRole("button", { name: "▶ Solve" }).click();
    await until(page, "Solve 5 finished");
    assert.equal(await readFile(file, "utf8"), original);
    await page.getByRole("button", { name: /^Save yagi-144mhz\.nec/ }).click();
    await page.getByText("As on disk").waitFor();
    const saved = original.replace("FR 0 5 0 0 144.0 0.5", "' three frequencies\nFR 0 3 0 0 144.0 1");
    assert.equal(await readFile(file, "utf8"), saved);
    await compareImpedance();
  });

  await step("never writes over somebody else's change", async () => {
    await show(page, "Edit");
    await goTo(page, 1);
    await page.keyboard.press("End");
    await page.keyboard.type(" mine");
    const theirs = original.replace("Five-element", "Somebody's five-element");
    await writeFile(file, theirs);
    const alert = page.getByRole("alert");
    await alert.getByText("Somebody else changed the file").waitFor();
    await page.getByRole("button", { name: /^Save / }).click();
    await alert.getByText("Nothing was written").waitFor();
    assert.equal(await readFile(file, "utf8"), theirs);
    assert.match(await editor(page).textContent(), / mine/);
    await alert.getByRole("button", { name: /^Take the file from disk/ }).click();
    await alert.waitFor({ state: "detached" });
    await eventually(async () => assert.match(await editor(page).textContent(), /Somebody's five-element/), "the text from disk");
    await page.getByText("Somebody's five-element").first().waitFor();
    assert.equal(await readFile(file, "utf8"), theirs);
  });

  await step("finishes what was typed when the view is left", async () => {
    await goTo(page, wire);
    await page.keyboard.type("x");
    await show(page, "Overview");
    await page.getByText("The model has errors").or(page.getByRole("button", { name: /error.*line/ })).first().waitFor();
    await show(page, "Edit");
    await editor(page).and(page.locator(".cm-content")).waitFor();
    await goTo(page, wire);
    await page.keyboard.press("Delete");
    await show(page, "Overview");
    await eventually(async () => assert.ok(await page.getByRole("button", { name: "▶ Solve" }).isEnabled()), "a good model");
    await show(page, "Edit");
    await editor(page).and(page.locator(".cm-content")).waitFor();
  });

  await step("follows a change on disk", async () => {
    await eventually(async () => assert.ok((await editor(page).textContent()).includes("Somebody")));
    await writeFile(file, original);
    await eventually(async () => assert.equal((await editor(page).textContent()).includes("Somebody"), false), "the new text");
  });

  await close(page);
  await view.end();
}
