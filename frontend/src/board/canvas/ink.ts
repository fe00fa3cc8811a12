// Strokes by hand: points as text, and the outline that is filled.
import { getStroke } from "perfect-freehand";
import { around } from "./geometry.ts";
import type { Box, Point } from "./geometry.ts";
import { thinned } from "./thinning.ts";

export const PEN = 6;
const LONGEST = 12_000;

/** A stroke as it is kept: its box, and its points from the corner of the box. Points that say nothing are left out. */
export function kept(points: readonly Point[]): { box: Box; path: string } | null {
  const box = around(points.map((point) => ({ x: Math.floor(point.x) - PEN, y: Math.floor(point.y) - PEN, w: 2 * PEN, h: 2 * PEN })));
  if (!box || points.length < 2) return null;
  let rows = thinned(points, 0.7);
  for (let reach = 1; written(rows, box).length > LONGEST; reach *= 2) rows = thinned(points, reach);
  return { box, path: written(rows, box) };
}

function written(points: readonly Point[], box: Box): string {
  return points.map((point) => `${Math.round(point.x - box.x)},${Math.round(point.y - box.y)}`).join(" ");
}

export function points(path: string): [number, number][] {
  return path.split(" ").map((pair) => pair.split(",").map(Number) as [number, number]);
}

/** The outline as an SVG path: a curve through the middles of its sides. */
export function outline(stroke: readonly (readonly [number, number])[]): string {
  const row = getStroke(stroke.map(([x, y]) => [x, y]), { size: PEN, thinning: 0.5, smoothing: 0.5, streamline: 0.4 });
  if (row.length < 3) return "";
  const at = (n: number): readonly number[] => row[n % row.length]!;
  const half = (n: number): string => `${((at(n)[0]! + at(n + 1)[0]!) / 2).toFixed(1)},${((at(n)[1]! + at(n + 1)[1]!) / 2).toFixed(1)}`;
  const curves = row.map((_point, n) => `Q${at(n + 1)[0]!.toFixed(1)},${at(n + 1)[1]!.toFixed(1)} ${half(n + 1)}`);
  return `M${half(0)}${curves.join("")}Z`;
}
