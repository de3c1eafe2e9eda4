// SPDX-License-Identifier: Apache-2.0
// What the pictures of models and of patterns have in common: pointing, choosing, keys, and the graphics card's absence.
import type { SceneHandle, SceneInput } from "../views/Scene";
import { createFrame, type Frame } from "./frame";
import { Hover } from "./hover";
import type { Ink, Point } from "./ink";
import type { Actor } from "./stage";

export abstract class Picture<Target, Things extends { dispose(): void }> implements Actor, SceneHandle {
  protected readonly frame: Frame;
  /** what is drawn; null while there is nothing */
  protected things: Things | null = null;
  protected chosen: Target | null = null;
  protected readonly hovered = new Hover<Target>(
    (place) => this.find(place),
    () => this.pointed(),
  );

  constructor(
    element: HTMLElement,
    protected input: SceneInput,
  ) {
    this.frame = createFrame(element, input.dark);
    this.frame.stage.play(this);
  }

  abstract update(input: SceneInput): void;
  abstract draw(ink: Ink): void;
  abstract prepare(): void;

  /** What is at a place of the picture. */
  protected abstract find(place: Point): Target | null;
  /** Makes all things anew from the input. */
  protected abstract build(): void;
  /** Brings everything in line with what is asked for; `flat`: only what lies over the picture has changed. */
  protected abstract refresh(flat?: boolean): void;

  destroy(): void {
    this.hovered.stop();
    this.things?.dispose();
    this.frame.destroy();
  }

  lost(): void {
    this.things?.dispose();
    this.things = null;
  }

  restored(): void {
    this.build();
  }

  hover(place: Point | null): void {
    this.hovered.move(place);
  }

  click(place: Point): void {
    this.chosen = this.find(place);
    this.refresh(true);
  }

  key(key: string): boolean {
    if (key === "i") this.frame.facts.toggle();
    else if (key === "Escape" && this.chosen !== null) this.chosen = null;
    else return false;
    this.refresh(true);
    return true;
  }

  /** Something else is under the pointer. */
  protected pointed(): void {
    this.refresh(true);
  }
}
