// SPDX-License-Identifier: Apache-2.0
// The model with its ports, findings and currents.
import type { Vector } from "../api/types";
import { niceStep } from "../data/ticks";
import { engineering, significant } from "../data/units";
import type { SceneInput } from "../views/Scene";
import { cornersOf, diagonalOf, middleOf, type Box } from "./box";
import { belongElsewhere, currentsOf, faceCurrent, hasCurrents, wireCurrent, type Currents } from "./currents";
import { describe, excitationText, type Target } from "./describe";
import type { Ink, Point } from "./ink";
import type { Rectangle } from "./labels";
import { ModelThings } from "./modelThings";
import { hitSegment, hitTriangle } from "./pick";
import { Picture } from "./picture";
import { magnitudeLegend, placeOf } from "./scale";
import { narrow, type View } from "./stage";
import { remember, remembered } from "./memory";
import { Chosen, Ends, Note, Press, Select, Tip, Toggle, Views } from "./Tools";

type Colouring = "off" | "decibel" | "linear";

const decibels = 40;
/** One turn of the phase takes so long [ms]. */
const period = 2400;
const reach = 7;

/** What the picture looked like when it was left. */
interface Memory {
  view: View;
  box: string;
  shown: { radius: boolean; mesh: boolean; labels: boolean };
  colouring: Colouring;
}

/** Wires of a grid are many and lie close together [dots]. */
const paintedWidth = (count: number): number => (count > 300 ? 3 : 5);

/** What has to be in sight: the model, and the ground unless it is far below. */
function pointsOf(box: Box, ground: boolean): Vector[] {
  const [x, y] = middleOf(box);
  return [...cornersOf(box), ...(ground && box.low[2] < 2 * diagonalOf(box) ? [[x, y, 0] as Vector] : [])];
}

const isSame = (a: Target, b: Target | null) => a.kind === b?.kind && a.index === b.index;

export class ModelScene extends Picture<Target, ModelThings> {
  private currents: Currents = currentsOf({ findings: [], good: false }, null);
  private shown = { radius: false, mesh: false, labels: true };
  private colouring: Colouring = "decibel";
  /** at which the current is looked at [rad]; null: its magnitude */
  private phase: number | null = null;
  private playing = 0;
  private lastTick = 0;
  constructor(element: HTMLElement, input: SceneInput) {
    super(element, input);
    const before = remembered<Memory>("model");
    if (before) Object.assign(this, { shown: before.shown, colouring: before.colouring });
    this.build();
    if (before && this.things && before.box === String(this.things.box.high)) this.frame.stage.view = before.view;
    else this.frame.stage.home();
  }

  update(input: SceneInput): void {
    const before = this.input;
    this.input = input;
    if (input.dark !== before.dark) this.frame.stage.theme(input.dark);
    if (input.geometry !== before.geometry) {
      const old = this.things?.box ?? null;
      this.build();
      const box = this.things?.box;
      // a slider that moves an end must not move the eye
      const moved = old && box ? Math.hypot(...middleOf(old).map((value, k) => value - middleOf(box)[k]!)) / diagonalOf(old) : Infinity;
      if (old && box && (moved > 0.3 || Math.abs(Math.log(diagonalOf(box) / diagonalOf(old))) > 0.4)) this.frame.stage.fit();
    } else if (input.solve !== before.solve) this.takeCurrents();
    if (input.dark !== before.dark) this.things?.theme(this.frame.stage.palette);
    this.refresh();
  }

  destroy(): void {
    const { shown, colouring, things } = this;
    if (things) remember<Memory>("model", { view: this.frame.stage.view, box: String(things.box.high), shown, colouring });
    this.stop();
    super.destroy();
  }

  draw(ink: Ink): void {
    const { stage } = this.frame;
    const geometry = this.input.geometry;
    if (!geometry || !this.things) return;
    const taken: Rectangle[] = [ink.triad([stage.seen([1, 0, 0]), stage.seen([0, 1, 0]), stage.seen([0, 0, 1])])];
    const bar = niceStep(stage.metresPerDot * 170, 1.99);
    taken.push(ink.scaleBar(bar / stage.metresPerDot, engineering(bar, "m", 3)));
    taken.push(...this.drawLegends(ink));
    this.drawGroundText(ink);
    for (const target of [this.chosen, this.hovered.target]) if (target) this.outline(ink, target);
    for (const load of geometry.loads ?? []) ink.mark("load", stage.project(load));
    const ports = this.ports();
    const driven = new Set(this.painted ? this.input.solve?.sources.map((source) => source.port) : []);
    for (const port of ports) ink.mark(driven.has(port.name) ? "driven" : "port", port.place);
    for (const finding of this.findings()) ink.mark(finding.severity, finding.place);
    if (this.shown.labels) ink.labels(ports.map(({ name, place }) => ({ text: name, ...place })), taken);
  }

  prepare(): void {
    this.things?.fadeEdges(this.frame.stage.metresPerDot);
  }

  resized(width: number, height: number): void {
    this.things?.resized(width, height);
  }

  protected build(): void {
    const { stage } = this.frame;
    const geometry = this.input.geometry;
    this.things?.dispose();
    this.things = geometry?.good ? new ModelThings(stage.scene, geometry, stage.palette) : null;
    this.hovered.clear();
    this.chosen = null;
    if (geometry && this.things) {
      stage.bounds(pointsOf(this.things.box, Boolean(geometry.ground)));
      this.things.resized(stage.width, stage.height);
      const { length } = geometry.ports ?? [];
      stage.canvas.setAttribute("aria-label", `Model in three dimensions: ${significant(this.things.wires.count, 7)} wire segments, ${significant(this.things.corners.length / 9, 7)} triangles, ${length} ports. Arrow keys turn it, plus and minus zoom, x, y and z look along the axes, 0 shows everything.`);
    }
    this.takeCurrents();
    this.refresh();
  }

  protected pointed(): void {
    this.frame.stage.canvas.style.cursor = this.hovered.target ? "pointer" : "";
    super.pointed();
  }

  private takeCurrents(): void {
    const { geometry, solve } = this.input;
    this.currents = geometry ? currentsOf(geometry, solve) : { ...this.currents, wires: null, faceReal: null };
    this.things?.setCurrents(this.currents);
    if (!hasCurrents(this.currents)) this.stop();
  }

  /** Brings everything drawn in line with what is asked for. `flat`: only what lies over the picture has changed. */
  protected refresh(flat = false): void {
    const { stage } = this.frame;
    if (!flat) {
      this.things?.show(this.shown, stage.palette);
      this.things?.lineWidth(this.shown.radius ? 1.5 : this.painted ? paintedWidth(this.things.wires.count) : 2);
      this.paint();
    }
    stage.invalidate(flat);
    this.frame.show(this.tools(), this.over());
  }

  private get painted(): boolean {
    return this.colouring !== "off" && hasCurrents(this.currents);
  }

  private paint(): void {
    if (!this.things) return;
    const turn = this.phase === null ? ([0, 0] as const) : ([Math.cos(this.phase), Math.sin(this.phase)] as const);
    const put = (paint: ModelThings["wirePaint"], there: boolean, most: number) => {
      paint.painted.value = this.colouring !== "off" && there ? 1 : 0;
      paint.most.value = most > 0 ? most : 1;
      paint.range.value = this.colouring === "decibel" ? decibels : 0;
      paint.turn.value.set(...turn);
    };
    put(this.things.wirePaint, this.currents.wires !== null, this.currents.mostWire);
    put(this.things.facePaint, this.currents.faceReal !== null, this.currents.mostFace);
  }

  private drawLegends(ink: Ink): Rectangle[] {
    if (!this.painted) return [];
    const range = this.colouring === "decibel" ? decibels : 0;
    const part = (symbol: string) => (this.phase === null ? `|${symbol}|` : `|Re(${symbol}·e^jωt)|`);
    const target = this.hovered.target ?? this.chosen;
    const scales: { symbol: string; unit: string; most: number; value: number | null }[] = [];
    if (this.currents.wires) scales.push({ symbol: `Wires ${part("I")}`, unit: "A", most: this.currents.mostWire, value: target?.kind === "segment" ? wireCurrent(this.currents, target.index, this.phase) : null });
    if (this.currents.faceReal) scales.push({ symbol: `Surfaces ${part("J")}`, unit: "A/m", most: this.currents.mostFace, value: target?.kind === "triangle" ? faceCurrent(this.currents, target.index, this.phase) : null });
    return [
      ink.caption(excitationText(this.input.solve!)),
      ...scales.flatMap(({ symbol, unit, most, value }, i) => ink.legend(magnitudeLegend(symbol, unit, { most, range }), value === null ? null : placeOf(value, { most, range }), i, scales.length)),
    ];
  }

  private drawGroundText(ink: Ink): void {
    const ground = this.input.geometry?.ground;
    if (!ground || !this.things) return;
    const what = ground === "perfect" ? "Perfect ground" : `Ground εr ${significant(ground.eps_r, 3)}, ${engineering(ground.sigma, "S/m", 3)}`;
    const text = ink.width < narrow ? what : `${what}, grid ${engineering(this.things.gridStep, "m", 3)}`;
    ink.text(text, ink.width - 10, ink.height - 16, "right", ink.palette.muted);
  }

  private ports(): { name: string; place: Point; index: number }[] {
    return (this.input.geometry?.ports ?? []).flatMap((port, index) => (port.position ? [{ name: port.name, place: this.frame.stage.project(port.position), index }] : []));
  }

  private findings() {
    return (this.input.geometry?.findings ?? []).flatMap((finding, index) => (finding.points ?? []).map((at, point) => ({ severity: finding.severity, place: this.frame.stage.project(at), index, point })));
  }

  /** What is at a place of the picture; markers first, they lie on top. */
  protected find(place: Point): Target | null {
    const { things } = this;
    if (!things) return null;
    const near = (other: Point, radius: number) => Math.hypot(other.x - place.x, other.y - place.y) <= radius;
    const finding = this.findings().find((each) => near(each.place, 10));
    if (finding) return { kind: "finding", index: finding.index, point: finding.point };
    const port = this.ports().find((each) => near(each.place, 8));
    if (port) return { kind: "port", index: port.index };
    const ray = this.frame.stage.ray(place);
    const distance = reach * this.frame.stage.metresPerDot;
    const face = hitTriangle(things.corners, ray);
    const segment = hitSegment(things.wires, ray, distance, this.shown.radius);
    const radius = segment ? things.wires.radius[segment.index]! : 0;
    if (segment && (!face || segment.depth - radius <= face.depth + distance)) return { kind: "segment", index: segment.index };
    return face ? { kind: "triangle", index: face.index } : null;
  }

  private outline(ink: Ink, target: Target): void {
    const { stage } = this.frame;
    const { things } = this;
    if (!things) return;
    if (target.kind === "segment") ink.highlight([stage.project(things.wires.start, 3 * target.index), stage.project(things.wires.end, 3 * target.index)]);
    else if (target.kind === "triangle") ink.highlight([0, 3, 6].map((corner) => stage.project(things.corners, 9 * target.index + corner)), true);
  }

  private play(): void {
    if (this.playing !== 0) return this.stop();
    this.phase ??= 0;
    if (this.input.reducedMotion) return;
    this.lastTick = performance.now();
    const tick = (now: number) => {
      this.phase = ((this.phase ?? 0) + (2 * Math.PI * (now - this.lastTick)) / period) % (2 * Math.PI);
      this.lastTick = now;
      this.paint();
      this.frame.stage.invalidate();
      this.playing = requestAnimationFrame(tick);
      this.frame.show(this.tools(), this.over());
    };
    this.playing = requestAnimationFrame(tick);
  }

  private stop(): void {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
  }

  private tools() {
    const { frame, shown } = this;
    const flip = (name: "radius" | "mesh" | "labels") => () => {
      shown[name] = !shown[name];
      this.refresh();
    };
    const none = !hasCurrents(this.currents);
    const surfaces = (this.things?.corners.length ?? 0) > 0;
    return (
      <>
        <Views fit={() => frame.stage.fit()} along={(axis) => frame.stage.along(axis)} />
        <div class="scene-group" role="group" aria-label="Show">
          <Toggle label="Radius" title="Wires with their true radius" pressed={shown.radius} onPress={flip("radius")} />
          {surfaces && <Toggle label="Mesh" title="Edges of the triangles" pressed={shown.mesh} onPress={flip("mesh")} />}
          <Toggle label="Labels" title="Names of the ports" pressed={shown.labels} onPress={flip("labels")} />
        </div>
        <div class="scene-group" role="group" aria-label="Currents">
          <Select
            label="Currents"
            value={none ? "off" : this.colouring}
            disabled={none}
            title={none ? "This run has no currents here: ask for them with `currents` in `requests`" : "How currents become colours"}
            options={[
              ["off", none ? "none" : "off"],
              ["decibel", "in dB"],
              ["linear", "linear"],
            ]}
            onChange={(value) => {
              this.colouring = value;
              if (value === "off") {
                this.stop();
                this.phase = null;
              }
              this.refresh();
            }}
          />
          {this.painted && this.phaseTools()}
        </div>
        <Ends facts={frame.facts.shown} toggle={() => (frame.facts.toggle(), this.refresh(true))} save={() => frame.stage.save("model")} />
      </>
    );
  }

  private phaseTools() {
    const degrees = Math.round(((this.phase ?? 0) * 180) / Math.PI) % 360;
    const again = () => this.refresh();
    return (
      <>
        <Toggle
          label={this.playing ? "Pause" : this.input.reducedMotion ? "Phase" : "Play"}
          title={this.input.reducedMotion ? "Current at one phase; your system asks for no animations" : "Current over one period"}
          pressed={this.playing !== 0}
          onPress={() => {
            this.play();
            again();
          }}
        />
        {this.phase !== null && (
          <>
            <label title="Phase of the excitation">
              ωt
              <input
                type="range"
                min={0}
                max={359}
                value={degrees}
                aria-label="Phase"
                aria-valuetext={`${degrees} degrees`}
                onInput={(event) => {
                  this.stop();
                  this.phase = (Number(event.currentTarget.value) * Math.PI) / 180;
                  again();
                }}
              />
              <output>{degrees}°</output>
            </label>
            <Press
              label="Magnitude"
              title="Magnitude instead of one phase"
              onPress={() => {
                this.stop();
                this.phase = null;
                again();
              }}
            />
          </>
        )}
      </>
    );
  }

  private over() {
    const geometry = this.input.geometry;
    if (!geometry) return null;
    const { stage } = this.frame;
    const { target, place } = this.hovered;
    return (
      <>
        {belongElsewhere(this.currents, this.input.solve) && <Note>The currents of this run belong to another state of the file. Solve again to see them here.</Note>}
        {this.chosen && (
          <Chosen
            description={describe(geometry, this.currents, this.chosen)}
            onLine={(line) => this.input.onPick(line)}
            onClose={() => {
              this.chosen = null;
              this.refresh(true);
            }}
          />
        )}
        {target && place && !isSame(target, this.chosen) && <Tip description={describe(geometry, this.currents, target)} place={place} width={stage.width} height={stage.height} />}
      </>
    );
  }
}

