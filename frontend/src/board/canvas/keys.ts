// Everything by the keyboard: arrows go to the nearest, Enter writes, M moves, Space chooses, Delete takes away.
import type { Canvas } from "./canvas.ts";
import { neighbour } from "./geometry.ts";
import type { Direction } from "./geometry.ts";

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
export const STEPS: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
const PAN = 80;

export function attachKeys(canvas: Canvas): void {
  canvas.root.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLElement && event.target.closest("textarea, input, select, dialog")) return;
    if (pressed(canvas, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  canvas.world.addEventListener("focusin", () => {
    const id = canvas.focused();
    if (id && !canvas.held.size) canvas.camera.reveal(canvas.box(id));
  });
}

function pressed(canvas: Canvas, event: KeyboardEvent): boolean {
  const id = canvas.focused();
  const arrow = ARROWS[event.key];
  const isMay = canvas.host.may("add") || canvas.host.may("move");
  if (event.ctrlKey || event.metaKey) return withControl(canvas, event);
  if (event.altKey) return false;
  if (arrow && event.target === canvas.view) {
    canvas.camera.pan(-STEPS[arrow][0] * PAN, -STEPS[arrow][1] * PAN);
    return true;
  }
  if (event.key === "Escape") {
    canvas.hand.take("select");
    canvas.choose([]);
    return true;
  }
  if (event.key === "+" || event.key === "-") {
    canvas.camera.zoom(event.key === "+" ? 1.25 : 0.8);
    return true;
  }
  if (!id) return false;
  if (arrow) {
    if (event.shiftKey && isMay) canvas.act(canvas.moved(canvas.targets(), STEPS[arrow][0] * 16, STEPS[arrow][1] * 16));
    else go(canvas, id, arrow);
    return true;
  }
  return onItem(canvas, id, event.key, isMay);
}

function onItem(canvas: Canvas, id: string, key: string, isMay: boolean): boolean {
  if (key === " ") {
    const now = new Set(canvas.chosen);
    if (!now.delete(id)) now.add(id);
    canvas.choose(now);
    return true;
  }
  if (!isMay) return false;
  if (key === "Enter") canvas.edit(id);
  else if (key === "m" || key === "M") canvas.bar.openMove();
  else if (key === "Delete" || key === "Backspace") canvas.delete(canvas.targets());
  else return false;
  return true;
}

function withControl(canvas: Canvas, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === "z") canvas.step(!event.shiftKey);
  else if (key === "y") canvas.step(false);
  else if (key === "a") canvas.choose([...canvas.items.values()].filter((item) => item.kind !== "column").map((item) => item.id));
  else return false;
  return true;
}

function go(canvas: Canvas, from: string, direction: Direction): void {
  const others = new Map([...canvas.items.values()].filter((item) => item.id !== from && item.kind !== "column").map((item) => [item.id, canvas.box(item.id)]));
  const next = neighbour(canvas.box(from), others, direction);
  if (next) canvas.focus(next);
}
