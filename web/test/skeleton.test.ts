// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";

import { Page } from "../src/app/Page";

test("the page is a component", () => {
  expect(typeof Page).toBe("function");
});
