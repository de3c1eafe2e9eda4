// SPDX-License-Identifier: Apache-2.0
// The parts of the page that a picture is made of: strip of controls, stage, texts over it.
import { render, type ComponentChild } from "preact";

import { fixed, significant } from "../data/units";
import { Stage } from "./stage";

export interface Frame {
  stage: Stage;
  /** puts new contents into the strip and over the picture */
  show(tools: ComponentChild, over: ComponentChild): void;
  facts: { readonly shown: boolean; toggle(): void };
  destroy(): void;
}

function part(element: HTMLElement, name: string): HTMLDivElement {
  const made = document.createElement("div");
  made.className = name;
  element.appendChild(made);
  return made;
}

export function createFrame(element: HTMLElement, dark: boolean): Frame {
  element.replaceChildren();
  const tools = part(element, "scene-tools");
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Picture");
  const place = part(element, "scene-stage");
  const stage = new Stage(place, dark);
  const over = part(place, "scene-over");
  const corner = part(place, "scene-facts");
  corner.hidden = true;
  const tell = () => {
    const { drawCalls, triangles, milliseconds } = stage.facts;
    corner.textContent = `${drawCalls} draw calls · ${significant(triangles, 7)} triangles · ${fixed(milliseconds, 2)} ms script per frame`;
  };
  const facts = {
    shown: false,
    toggle() {
      facts.shown = !facts.shown;
      corner.hidden = !facts.shown;
      stage.onFacts = facts.shown ? tell : null;
      tell();
    },
  };
  return {
    stage,
    show(inTools, inOver) {
      render(inTools, tools);
      render(inOver, over);
    },
    facts,
    destroy() {
      stage.destroy();
      render(null, tools);
      render(null, over);
      element.replaceChildren();
    },
  };
}
