// SPDX-License-Identifier: Apache-2.0
import type { CompareDocument, CompareRow } from "../api/types";

/** Quantities of a comparison in the order that they are shown in. */
export const quantityNames: Record<string, string> = {
  s: "|S|",
  s_distance: "|S(A) − S(B)|",
  isolation: "Isolation",
  vswr: "VSWR",
  gain: "Gain",
  coverage: "Coverage",
  ripple: "Ripple",
  rcs: "Cross-section",
  margin: "Margin",
  total_margin: "Margin, all at once",
};

/** Cross-sections so far below the largest one are rounding [dB]. */
const rounding = 150;

/** Rows by quantity, the largest change of each first; without cross-sections that are rounding in both runs. */
export function rankedRows(document: CompareDocument, rows: readonly CompareRow[]): CompareRow[] {
  let top = -Infinity;
  for (const row of [...document.summary, ...document.points]) if (row.quantity === "rcs") top = Math.max(top, row.a ?? -Infinity, row.b ?? -Infinity);
  const order = Object.keys(quantityNames);
  const place = (row: CompareRow) => (order.includes(row.quantity) ? order.indexOf(row.quantity) : order.length);
  return rows
    .filter((row) => row.quantity !== "rcs" || Math.max(row.a ?? -Infinity, row.b ?? -Infinity) > top - rounding)
    .sort((x, y) => place(x) - place(y) || Math.abs(y.change ?? 0) - Math.abs(x.change ?? 0));
}
