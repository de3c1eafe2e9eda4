// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { marginError } from "../src/data/spectrum";

test("a margin's error is the wider half of its bar", () => {
  expect(marginError({ margin_db: 3, margin_least_db: 2.5, margin_most_db: 3.25 })).toBeCloseTo(0.5, 12);
  expect(marginError({ margin_db: 3, margin_least_db: 2.9, margin_most_db: 3.25 })).toBeCloseTo(0.25, 12);
});

test("where there may be no coupling the upper half is told, and without an error nothing", () => {
  expect(marginError({ margin_db: 3, margin_least_db: null, margin_most_db: 9 })).toBe(6);
  expect(marginError({ margin_db: 3, margin_least_db: null, margin_most_db: null })).toBeNull();
});
