// The forum's own Python lays boards the same for PDF and SVG: both read these boards, and where everything lies on them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { arrowHead, joined } from "./geometry.ts";
import type { Box, Point } from "./geometry.ts";
import { placed } from "./layout.ts";
import type { Lying } from "./layout.ts";

interface Case {
  readonly items: Lying[];
  readonly boxes: Record<string, Box>;
}
interface Join {
  readonly one: Box;
  readonly other: Box;
  readonly from: Point;
  readonly to: Point;
  readonly head: Point[];
}
const file = new URL("../../../../tests/kompetanse/board/layout.json", import.meta.url);
const known = JSON.parse(readFileSync(file, "utf8")) as { boards: Case[]; joins: Join[] };

function rounded(points: readonly Point[]): number[][] {
  return points.map(({ x, y }) => [Math.round(x * 1000), Math.round(y * 1000)]);
}

test("every board lies as in the files that are made without a browser", () => {
  assert.ok(known.boards.length > 10);
  for (const { items, boxes } of known.boards) assert.deepEqual(Object.fromEntries(placed(items)), boxes);
});

test("a connector meets the same edges, and ends in the same arrow", () => {
  for (const { one, other, from, to, head } of known.joins) {
    const drawn = joined(one, other);
    assert.deepEqual(rounded([drawn.from, drawn.to, ...arrowHead(drawn.from, drawn.to)]), rounded([from, to, ...head]));
  }
});
