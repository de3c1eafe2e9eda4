// SPDX-License-Identifier: Apache-2.0
import type { ComponentType } from "preact";

import { Signal } from "../state/signal";
import { Compare } from "../views/Compare";
import { Cosite } from "../views/Cosite";
import { Edit } from "../views/Edit";
import { Isolation } from "../views/Isolation";
import { Model } from "../views/Model";
import { Overview } from "../views/Overview";
import { Pattern } from "../views/Pattern";
import { Rcs } from "../views/Rcs";
import { Report } from "../views/Report";
import { Requirements } from "../views/Requirements";
import { Sweep } from "../views/Sweep";

export interface View {
  id: string;
  title: string;
  component: ComponentType;
}

const all: readonly View[] = [
  { id: "overview", title: "Overview", component: Overview },
  { id: "model", title: "Model", component: Model },
  { id: "pattern", title: "Pattern", component: Pattern },
  { id: "sweep", title: "Sweep", component: Sweep },
  { id: "isolation", title: "Isolation", component: Isolation },
  { id: "rcs", title: "RCS", component: Rcs },
  { id: "cosite", title: "Cosite", component: Cosite },
  { id: "requirements", title: "Requirements", component: Requirements },
  { id: "edit", title: "Edit", component: Edit },
  { id: "compare", title: "Compare", component: Compare },
];

/** A report begins with everything that is printed; its input is there to be read, and it has one solve to show. */
const reported: readonly View[] = [
  { id: "report", title: "Report", component: Report },
  ...all.filter((view) => view.id !== "compare").map((view) => (view.id === "edit" ? { ...view, title: "Input" } : view)),
];

/** In the order of their tabs; the first nine answer to the keys 1 to 9, the tenth to 0. */
export const views: readonly View[] = __REPORT__ ? reported : all;

const fromAddress = () => location.hash.replace(/^#/, "").split("?")[0]!;

/** The view that the page's address names. */
export const current = new Signal<string>(views[0]!.id);

export function startRouting(): void {
  const follow = () => current.set(views.some((view) => view.id === fromAddress()) ? fromAddress() : views[0]!.id);
  follow();
  addEventListener("hashchange", follow);
}
