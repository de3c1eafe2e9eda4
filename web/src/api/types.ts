// SPDX-License-Identifier: Apache-2.0
// The documents of docs/api.md and docs/json.md. Units: SI, angles in degrees; null is "does not exist".

export type Complex = [number, number];
export type Matrix = Complex[][];
export type Vector = [number, number, number];

export interface ErrorDocument {
  status: "usage" | "input" | "io" | "memory" | "busy" | "conflict" | "interrupted" | "numeric";
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
}

export interface Variable {
  name: string;
  value: number;
  text: string;
}

export type What = "solve" | "rcs" | "check" | "cosite";
export type RunState = "running" | "finished" | "stopped" | "failed";

export interface Progress {
  done: number;
  total: number;
  stage: string;
}

/** The event `run`; also the entries of a session's `runs`. */
export interface RunSummary {
  run: number;
  what: What;
  state: RunState;
  progress: Progress;
  sha256: string;
  set: Settings;
}

export type Settings = Record<string, number>;

export interface Session {
  alicorn: string;
  file: string;
  kind: "deck" | "project";
  sha256: string;
  title: string | null;
  variables: Variable[];
  requirements: number;
  runs: RunSummary[];
}

export interface TextDocument {
  text: string;
  sha256: string;
}

export interface Finding {
  severity: "error" | "warning" | "note";
  name: string | null;
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
  points?: Vector[];
}

export interface Surface {
  name: string;
  first: number;
  count: number;
  line: number;
  kind: string;
}

export interface ModelPort {
  name: string;
  position: Vector;
  line: number;
  /** null: as the solve's options say [ohm] */
  z0: number | null;
}

export type Ground = null | "perfect" | { eps_r: number; sigma: number };

/** The answer of POST /api/model. Of a model that is not good, only the findings. */
export interface Geometry {
  findings: Finding[];
  good: boolean;
  /** 7 numbers each: both ends and the radius [m] */
  segments?: number[];
  segment_line?: number[];
  segment_tag?: number[];
  segment_wire?: number[];
  vertices?: number[];
  triangles?: number[];
  surfaces?: Surface[];
  ports?: ModelPort[];
  loads?: Vector[];
  ground?: Ground;
  frequencies_hz?: number[];
  unknowns?: number | null;
  memory_bytes?: number | null;
  seconds?: number | null;
}

export interface SourceResult {
  port: string;
  tag: number;
  segment: number;
  impedance: Complex;
  impedance_error: number | null;
  voltage: Complex;
  current: Complex;
  power_w: number;
}

export type Grid = (number | null)[][];

export interface Pattern {
  quantity: "power_gain" | "directive_gain" | "rcs_over_wavelength_squared" | "field";
  mode: number;
  distance: number;
  below_index?: number | null;
  theta_deg?: number[];
  height?: number[];
  phi_deg: number[];
  average_gain?: number;
  solid_angle?: number;
  e_theta?: Complex[][];
  e_phi?: Complex[][];
  total_dbi?: Grid;
  theta_dbi?: Grid;
  phi_dbi?: Grid;
  major_dbi?: Grid;
  minor_dbi?: Grid;
  axial_ratio?: Grid;
  tilt_deg?: Grid;
  sense?: Grid;
}

export interface CrossSection {
  theta_deg: number;
  phi_deg: number;
  theta_inc_deg: number;
  phi_inc_deg: number;
  vv_dbsm: number | null;
  hv_dbsm: number | null;
  vh_dbsm: number | null;
  hh_dbsm: number | null;
  vv_error_db: number | null;
  hv_error_db: number | null;
  vh_error_db: number | null;
  hh_error_db: number | null;
}

export interface SegmentCurrent {
  segment: number;
  tag: number;
  centre: Vector;
  direction: Vector;
  length: number;
  radius: number;
  current: Complex;
  charge: Complex;
}

export interface FaceCurrent {
  surface: string;
  triangle: number;
  centre: Vector;
  area: number;
  current: [Complex, Complex, Complex];
  charge: Complex;
}

export interface Solve {
  frequency_hz: number;
  interpolated?: boolean;
  job: number;
  task: number;
  drive: "sources" | "plane_wave" | "current_element" | "none" | "plane_waves";
  driven_port?: string;
  sources: SourceResult[];
  ports?: string[];
  z0?: number[];
  s?: Matrix | null;
  s_error?: (number | null)[][] | null;
  z?: Matrix | null;
  y?: Matrix | null;
  max_coupling_db?: (number | null)[][] | null;
  isolation?: { worst_db: number | null; from: string; to: string } | null;
  gain?: { max_dbi: number; max_error_db: number | null; theta_deg: number; phi_deg: number; average: number | null } | null;
  radiated_w?: number | null;
  lost_w?: number | null;
  power?: Record<string, number | null> | null;
  residual: number | null;
  unknowns: number;
  solver: string;
  matrix_error?: number | null;
  timing?: { fill_s: number; factor_s: number; solve_s: number } | null;
  rcs?: CrossSection[];
  patterns?: Pattern[];
  currents: SegmentCurrent[];
  face_currents?: FaceCurrent[];
}

export interface SweepNote {
  task: number;
  frequencies: number;
  solved: number;
  tolerance: number;
  error: number;
  largest_singular: number | null;
}

export interface Result {
  alicorn: string;
  input: string;
  comment: string;
  segments: number;
  unknowns: number;
  blas: string;
  solves: Solve[];
  sweeps?: SweepNote[];
}

export interface Verdict {
  verdict: "pass" | "fail" | "undecided";
  requirement: string;
  line: number | null;
  column: number | null;
  unit: string;
  at_least: number | null;
  at_most: number | null;
  gain_dbi?: number | null;
  percentile?: number | null;
  detail?: string | null;
  value: number | null;
  value_least: number | null;
  value_most: number | null;
  error: string | null;
  port: string | null;
  other_port: string | null;
  frequency_hz: number | null;
  theta_deg: number | null;
  phi_deg: number | null;
  samples: number;
  unestimated: number;
  unknown?: number | null;
}

export interface CheckDocument {
  alicorn: string;
  failed: number;
  undecided: number;
  verdicts: Verdict[];
}

export interface Tone {
  radio: string;
  carrier_hz: number;
  emission: string;
  number: number;
  coefficient: number;
  frequency_hz: number;
  level_dbm: number | null;
}

export interface Interference {
  victim: string;
  receive_hz: number;
  emission: string;
  response: string;
  p: number;
  q: number;
  order: number;
  tones: Tone[];
  frequency_hz: number;
  path_db: number | null;
  level_dbm: number | null;
  limit_dbm: number | null;
  margin_db: number | null;
  margin_least_db: number | null;
  margin_most_db: number | null;
  needed_db: number | null;
  desensitisation_db: number | null;
  assumed: boolean;
  beyond_law: boolean;
}

export interface CositePair {
  victim: string;
  aggressor: string;
  margin_db: number | null;
  worst: number | null;
  worst_alone: number | null;
  needed_db: number | null;
  availability: number | null;
  unknown: number;
}

export interface CositeRadio {
  name: string;
  platform: string;
  /** of each channel; null where it does not send or receive */
  transmit_hz: (number | null)[];
  receive_hz: (number | null)[];
}

export interface AllAtOnce {
  victim: string;
  receive_hz: number;
  transmit_hz: (number | null)[];
  level_dbm: number | null;
  mean_dbm: number | null;
  limit_dbm: number | null;
  margin_db: number | null;
  margin_least_db: number | null;
  margin_most_db: number | null;
  desensitisation_db: number | null;
  mean_desensitisation_db: number | null;
  blocking_dbm: number | null;
  blocking_margin_db: number | null;
  time_share: number | null;
  availability: number | null;
  unknown: number;
  assumed: boolean;
  beyond_law: boolean;
}

export interface CositeDocument {
  alicorn: string;
  order: number;
  tones: number;
  asked_margin_db: number;
  floor_db: number;
  radios: CositeRadio[];
  pairs: CositePair[];
  interferences: Interference[];
  left_off: number;
  no_path_data: { victim: string; aggressor: string; emission: string; number: number; low_hz: number; high_hz: number; count: number }[];
  all_at_once: AllAtOnce[];
  plan: { state: string; exact: boolean; channels: number[]; transmit_hz: (number | null)[]; conflicts: number; worst_margin_db: number | null } | null;
  availability: number | null;
  availability_error: number | null;
  combinations: number;
}

export interface CompareRow {
  quantity: string;
  statistic: string;
  unit: string | null;
  task: number | null;
  port: string | null;
  from: string | null;
  pattern: number | null;
  polarisation: string | null;
  level: number | null;
  frequency_a_hz: number | null;
  theta_a_deg: number | null;
  phi_a_deg: number | null;
  frequency_b_hz: number | null;
  theta_b_deg: number | null;
  phi_b_deg: number | null;
  a: number | null;
  b: number | null;
  change: number | null;
  error: number | null;
  within_error: boolean | null;
  interpolated_a: boolean | null;
  interpolated_b: boolean | null;
  unknown_a: boolean | null;
  unknown_b: boolean | null;
  how_a: string | null;
  how_b: string | null;
}

export interface CompareDocument {
  alicorn: string;
  a_title: string;
  b_title: string;
  coverage_dbi: number;
  percentile: number;
  only: { kind: string; side: "a" | "b"; name: string | null; task: number | null; count: number; low_hz: number | null; high_hz: number | null }[];
  summary: CompareRow[];
  points: CompareRow[];
}

export interface RunDocument {
  run: number;
  what: What;
  state: RunState;
  error: ErrorDocument | null;
  sha256: string;
  set: Settings;
  started: number;
  seconds: number | null;
  progress: Progress;
  result?: Result;
  check?: CheckDocument;
  cosite?: CositeDocument;
}

export interface TouchstoneDocument {
  ports: string[];
  z0: number[];
  frequency_hz: number[];
  s: Matrix[];
}

export interface RunRequest {
  what: What;
  text?: string;
  set?: Settings;
  frequency_hz?: number;
  rcs?: { theta: [number, number, number]; phi: [number, number, number]; frequency_hz?: number[] };
  radios?: string;
}

/** A file that was read for a report. */
export interface Input {
  file: string;
  sha256: string;
}

/** What a one-file report holds in its script element. */
export interface ReportDocument {
  /** in UTC */
  made?: string;
  inputs?: Input[];
  session: Session;
  text?: TextDocument;
  model?: Geometry;
  runs: RunDocument[];
  compare?: CompareDocument;
}
