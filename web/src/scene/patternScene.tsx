// SPDX-License-Identifier: Apache-2.0
// The far field as a surface around the model.
import type { Pattern, Vector } from "../api/types";
import { largestOf, type Quantity } from "../data/pattern";
import { decibelRings } from "../data/ticks";
import { fixed, significant } from "../data/units";
import type { SceneInput } from "../views/Scene";
import type { Description } from "./describe";
import type { Ink, Point } from "./ink";
import { levelPlace, towards, type Levels } from "./lobes";
import { axisReach, LobeThings } from "./lobeThings";
import { hitTriangle } from "./pick";
import { Picture } from "./picture";
import { decibelTicks } from "./scale";
import { remember, remembered } from "./memory";
import type { View } from "./stage";
import { Ends, Note, Tip, Toggle, Views } from "./Tools";

const titles: Record<Quantity, string> = {
  total_dbi: "Gain",
  theta_dbi: "Gain, θ part",
  phi_dbi: "Gain, φ part",
  major_dbi: "Gain, major axis",
  minor_dbi: "Gain, minor axis",
};

/** What the picture has to hold: the outermost ring, the axes' letters, and below the horizon what the pattern has there. */
export function pointsOf(pattern: Pattern | null): Vector[] {
  const lower = (pattern?.theta_deg ?? [180]).some((theta) => Math.abs(theta) > 91);
  const ring = [0, 45, 90, 135, 180, 225, 270, 315].map((phi) => towards(90, phi));
  return [...ring, [1.2, 0, 0], [0, 1.2, 0], [0, 0, 1.2], ...(lower ? [towards(180, 0), ...ring.map(([x, y]): Vector => [0.71 * x, 0.71 * y, -0.71])] : [])];
}

/** What the picture looked like when it was left. */
interface Memory {
  view: View;
  points: string;
  shown: { grid: boolean; model: boolean };
}

/** Directions are indices: phi row times number of thetas plus theta column. */
export class PatternScene extends Picture<number, LobeThings> {
  private shown = { grid: true, model: true };

  constructor(element: HTMLElement, input: SceneInput) {
    super(element, input);
    const before = remembered<Memory>("pattern");
    if (before) this.shown = before.shown;
    this.build();
    if (before && before.points === String(pointsOf(input.pattern))) this.frame.stage.view = before.view;
    else this.frame.stage.home();
  }

  update(input: SceneInput): void {
    const before = this.input;
    this.input = input;
    if (input.dark !== before.dark) this.frame.stage.theme(input.dark);
    if ((["pattern", "geometry", "dark", "quantity", "range"] as const).every((name) => input[name] === before[name])) return;
    if (input.pattern !== before.pattern) this.chosen = null;
    this.build();
    if (String(pointsOf(input.pattern)) !== String(pointsOf(before.pattern))) this.frame.stage.fit();
  }

  destroy(): void {
    remember<Memory>("pattern", { view: this.frame.stage.view, points: String(pointsOf(this.input.pattern)), shown: this.shown });
    super.destroy();
  }

  draw(ink: Ink): void {
    const { things, input } = this;
    if (!things || !input.pattern) return;
    const { stage } = this.frame;
    const axes = ([[axisReach, 0, 0], [0, axisReach, 0], [0, 0, axisReach]] as const).map((end) => stage.project(end.map((value) => value * 1.06)));
    axes.forEach((end, i) => ink.text("xyz"[i]!, end.x, end.y, "center", ink.palette.axes[i]!));
    const { levels } = things;
    const title = input.pattern.quantity === "rcs_over_wavelength_squared" ? "σ/λ² [dB]" : `${titles[this.quantity]} [dBi]`;
    const pointed = this.at(this.hovered.target ?? this.chosen ?? -1);
    ink.legend({ title, ticks: decibelTicks(levels.floor, levels.top) }, pointed && levelPlace(pointed.level, levels));
    const rings = things.rings.map(({ radius, level }) => ({ ...stage.project([radius * Math.cos(ringAngle), radius * Math.sin(ringAngle), 0]), text: fixed(level, Number.isInteger(level) ? 0 : 1) }));
    let last = Infinity;
    for (const ring of rings) {
      const from = rings[0]!;
      const way = Math.hypot(ring.x - from.x, ring.y - from.y);
      if (Math.abs(way - last) < 24) continue;
      last = way;
      ink.text(ring.text, ring.x, ring.y, "center", ink.palette.muted);
    }
    for (const index of [this.chosen, this.hovered.target]) if (index !== null) this.spot(ink, index);
  }

  prepare(): void {
    this.things?.fadeGrid(this.frame.stage.metresPerDot);
  }

  private get quantity(): Quantity {
    const { pattern, quantity } = this.input;
    return pattern?.[quantity] ? quantity : "total_dbi";
  }

  protected build(): void {
    const { stage } = this.frame;
    const { pattern, geometry } = this.input;
    this.things?.dispose();
    this.things = null;
    this.hovered.clear();
    stage.bounds(pointsOf(pattern));
    const levels = this.levels();
    if (pattern && levels) this.things = new LobeThings(stage.scene, pattern, this.quantity, levels, geometry, stage.palette);
    this.things?.show(this.shown);
    const peak = pattern ? largestOf(pattern, this.quantity) : null;
    const text = peak ? ` Largest: ${fixed(peak.value, 2)} dBi at θ ${significant(peak.theta)}°, φ ${significant(peak.phi)}°.` : "";
    stage.canvas.setAttribute("aria-label", `Far field in three dimensions.${text} Arrow keys turn it, plus and minus zoom, x, y and z look along the axes, 0 shows everything.`);
    stage.invalidate();
    this.refresh();
  }

  /** The rings of the polar plots: the largest of all parts a little inside the outermost. */
  private levels(): Levels | null {
    const { pattern } = this.input;
    const peak = pattern && (largestOf(pattern, "total_dbi") ?? largestOf(pattern, this.quantity));
    return peak ? decibelRings(peak.value, this.input.range) : null;
  }

  protected refresh(): void {
    this.frame.stage.invalidate(true);
    this.frame.show(this.tools(), this.over());
  }

  protected find(place: Point): number | null {
    const { things } = this;
    if (!things) return null;
    const ray = this.frame.stage.ray(place);
    const hit = hitTriangle(things.lobes.corners, ray);
    if (!hit) return null;
    // the corner of the triangle that is nearest to the pointer
    let best = 0;
    let least = Infinity;
    for (let corner = 0; corner < 3; corner += 1) {
      const at = this.frame.stage.project(things.lobes.corners, 9 * hit.index + 3 * corner);
      const distance = Math.hypot(at.x - place.x, at.y - place.y);
      if (things.lobes.places[3 * hit.index + corner]! === 0 && corner === 2) continue;
      if (distance >= least) continue;
      least = distance;
      best = corner;
    }
    return things.lobes.directions[3 * hit.index + best]!;
  }

  private at(index: number): { theta: number; phi: number; level: number | null } | null {
    const { pattern } = this.input;
    const columns = pattern?.theta_deg?.length ?? 0;
    if (!pattern || columns === 0 || index < 0) return null;
    const [row, column] = [Math.floor(index / columns), index % columns];
    const theta = pattern.theta_deg![column];
    const phi = pattern.phi_deg[row];
    return theta === undefined || phi === undefined ? null : { theta, phi, level: pattern[this.quantity]?.[row]?.[column] ?? null };
  }

  private spot(ink: Ink, index: number): void {
    const here = this.at(index);
    if (!here || !this.things) return;
    const radius = levelPlace(here.level, this.things.levels);
    const { stage } = this.frame;
    const tip = stage.project(towards(here.theta, here.phi).map((value) => value * radius));
    ink.highlight([stage.project([0, 0, 0]), tip]);
    ink.mark("port", tip);
  }

  private text(index: number): Description | null {
    const here = this.at(index);
    if (!here) return null;
    const unit = this.input.pattern?.quantity === "rcs_over_wavelength_squared" ? "dB" : "dBi";
    return { title: here.level === null ? "no field" : `${fixed(here.level, 2)} ${unit}`, lines: [`θ ${significant(here.theta)}°, φ ${significant(here.phi)}°`], line: 0 };
  }

  private tools() {
    const { frame, shown } = this;
    const flip = (name: "grid" | "model") => () => {
      shown[name] = !shown[name];
      this.things?.show(shown);
      frame.stage.invalidate();
      this.refresh();
    };
    return (
      <>
        <Views fit={() => frame.stage.fit()} along={(axis) => frame.stage.along(axis)} />
        <div class="scene-group" role="group" aria-label="Show">
          <Toggle label="Grid" title="Lines of the directions that were computed" pressed={shown.grid} onPress={flip("grid")} />
          <Toggle label="Model" title="The model inside, at another scale" pressed={shown.model} disabled={!this.things?.hasModel} onPress={flip("model")} />
        </div>
        <Ends facts={frame.facts.shown} toggle={() => (frame.facts.toggle(), this.refresh())} save={() => frame.stage.save("pattern")} />
      </>
    );
  }

  private over() {
    const { stage } = this.frame;
    if (!this.things) return <Note>There is no gain to draw in this pattern.</Note>;
    const index = this.hovered.target ?? this.chosen;
    const description = index === null ? null : this.text(index);
    const here = index === null ? null : this.at(index);
    if (!description || !here) return null;
    const place = this.hovered.target !== null && this.hovered.place ? this.hovered.place : stage.project(towards(here.theta, here.phi).map((value) => value * levelPlace(here.level, this.things!.levels)));
    return <Tip description={description} place={place} width={stage.width} height={stage.height} />;
  }
}

/** Where on the rings their levels stand. */
const ringAngle = (-100 * Math.PI) / 180;
