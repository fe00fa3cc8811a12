// A stroke with fewer points that looks the same.
import type { Point } from "./geometry.ts";

/** Without those nearer than `reach` to the line between their neighbours that stay (Ramer 1972, Douglas & Peucker 1973). */
export function thinned(points: readonly Point[], reach: number): Point[] {
  const stays = new Set([0, points.length - 1]);
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, far] = [0, -1];
    for (let n = from + 1; n < to; n++) {
      const away = distance(points[n]!, points[from]!, points[to]!);
      if (away > farthest) [farthest, far] = [away, n];
    }
    if (far >= 0 && farthest > reach) {
      stays.add(far);
      spans.push([from, far], [far, to]);
    }
  }
  return points.filter((_point, n) => stays.has(n));
}

function distance(point: Point, one: Point, other: Point): number {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const length = Math.hypot(dx, dy);
  if (!length) return Math.hypot(point.x - one.x, point.y - one.y);
  return Math.abs(dy * (point.x - one.x) - dx * (point.y - one.y)) / length;
}
