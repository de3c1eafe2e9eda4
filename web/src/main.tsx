// SPDX-License-Identifier: Apache-2.0
import { render } from "preact";

import { Page } from "./app/Page";

const root = document.getElementById("page");
if (root) render(<Page />, root);
