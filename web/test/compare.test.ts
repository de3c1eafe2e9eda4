// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";

import type { CompareDocument, CompareRow } from "../src/api/types";
import { rankedRows } from "../src/data/compare";

const row = (quantity: string, a: number | null, b: number | null): CompareRow => ({ quantity, a, b, change: a === null || b === null ? null : b - a }) as CompareRow;

it("ranks comparisons by quantity and change, without cross-sections that are rounding", () => {
  const summary = [row("rcs", 10, 12), row("vswr", 1.5, 2), row("rcs", -333, -320), row("isolation", 40, 38), row("new", 1, 2), row("isolation", 30, 41), row("rcs", null, null), row("rcs", -300, 5)];
  const document = { summary, points: [] as CompareRow[] } as CompareDocument;
  expect(rankedRows(document, summary).map((each) => [each.quantity, each.a])).toEqual([
    ["isolation", 30],
    ["isolation", 40],
    ["vswr", 1.5],
    ["rcs", -300],
    ["rcs", 10],
    ["new", 1],
  ]);
});
