// SPDX-License-Identifier: Apache-2.0
// Numbers as the page shows them, against numbers of the program.
import assert from "node:assert/strict";

const pattern = /[−-]?\d+(?:\.\d+)?/g;

/** All numbers in a text. */
export const numbersIn = (text) => (text.match(pattern) ?? []).map((each) => Number(each.replace("−", "-")));

/** Half a unit of a shown number's last decimal. */
const rounding = (shown) => 0.5 * 10 ** -(shown.split(".")[1]?.length ?? 0);

/** The first number of a text is `value`, but for the rounding of its display. `digits`: trailing zeros of so many significant digits are not shown. */
export function shows(text, value, what, digits = 0) {
  const shown = text.match(pattern)?.[0];
  assert.ok(shown !== undefined, `${what}: no number in "${text}"`);
  const number = Number(shown.replace("−", "-"));
  // a display of n significant digits drops zeros behind the point: its rounding is that of n digits
  const dropped = digits > 0 && value !== 0 ? 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits) : Infinity;
  const bound = Math.min(rounding(shown), dropped) * 1.001;
  assert.ok(Math.abs(number - value) <= bound, `${what}: the page shows "${text}", the program says ${value}`);
}

const prefixes = { T: 1e12, G: 1e9, M: 1e6, k: 1e3, "": 1 };

/** "162.5 MHz" in hertz. */
export function hertz(text) {
  const match = /(\d+(?:\.\d+)?) ([TGMk]?)Hz/.exec(text);
  assert.ok(match, `no frequency in "${text}"`);
  return Number(match[1]) * prefixes[match[2]];
}

export const decibels = ([re, im]) => 20 * Math.log10(Math.hypot(re, im));

export const vswr = ([re, im]) => (1 + Math.hypot(re, im)) / (1 - Math.hypot(re, im));

/** Rows of a CSV text with its header; no field here has line ends in it. */
export function csv(text) {
  const fields = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2]);
  const [header, ...rows] = text.trimEnd().split("\r\n").map(fields);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}
