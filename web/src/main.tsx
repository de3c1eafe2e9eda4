// SPDX-License-Identifier: Apache-2.0
import { render } from "preact";

import { createClient } from "./api/client";
import { createEmbedded, readEmbedded } from "./api/embedded";
import { Page } from "./app/Page";
import { startRouting } from "./app/views";
import { Store } from "./state/store";
import { startTheme } from "./state/theme";
import "./styles/variables.css";
import "./styles/page.css";
import "./styles/controls.css";
import "./styles/plots.css";
import "./styles/tables.css";
import "./styles/scene.css";
import "./styles/print.css";

const report = readEmbedded(document);
const token = new URLSearchParams(location.search).get("token") ?? "";
const store = new Store(report ? createEmbedded(report) : createClient({ token }));

startTheme();
startRouting();
store.start();
const root = document.getElementById("page");
if (root) render(<Page store={store} />, root);
