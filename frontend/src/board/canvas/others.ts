// The others on the canvas: where they point, and what they drag. It passes, and nothing of it is kept.
import { isStill } from "../hands.ts";
import type { Carry, Stage } from "../hands.ts";
import type { Cursor } from "../line.ts";
import type { Canvas } from "./canvas.ts";
import type { Box } from "./geometry.ts";
import { shifted } from "./hand.ts";
import { GAP, HEAD } from "./layout.ts";

// Who has held still so long points at nothing.
const STILL_MILLISECONDS = 6000;

export class Others implements Stage {
  private readonly cursors = new Map<number, { node: HTMLElement; timer: number }>();
  private readonly canvas: Canvas;
  private readonly sectors: Readonly<Record<string, string>>;

  constructor(canvas: Canvas, sectors: Readonly<Record<string, string>>) {
    this.canvas = canvas;
    this.sectors = sectors;
  }

  lift(id: string, carry: Carry): void {
    const { canvas } = this;
    const [item, node] = [canvas.items.get(id), canvas.nodes.get(id)];
    // What is in one's own hand, or on its way to the forum, is one's own to show.
    if (!item || !node || item.kind === "connector" || canvas.held.has(id) || canvas.host.waits(id)) return;
    node.setAttribute("data-carried", "");
    if (isStill()) return;
    const [dx, dy] = this.way(id, carry);
    node.style.translate = shifted(canvas, id, dx, dy);
    canvas.joinUp(new Map([[id, moved(canvas.box(id), dx, dy)]]));
  }

  /** Dragged on the wall it has no place here but the frame it would land in. */
  private way(id: string, carry: Carry): [number, number] {
    const { canvas } = this;
    if (carry.x || carry.y || !carry.inside || carry.inside === canvas.items.get(id)?.inside || !canvas.items.has(carry.inside)) return [carry.x, carry.y];
    const [from, to] = [canvas.box(id), canvas.box(carry.inside)];
    return [to.x + GAP - from.x, to.y + HEAD - from.y];
  }

  settle(id: string): void {
    const { canvas } = this;
    const node = canvas.nodes.get(id);
    if (!node?.hasAttribute("data-carried")) return;
    node.removeAttribute("data-carried");
    if (canvas.held.has(id)) return;
    canvas.boxes.delete(id);
    canvas.arrange();
  }

  point(cursors: readonly Cursor[]): void {
    for (const { id, x, y, sector } of cursors) {
      const known = this.cursors.get(id);
      if (known) clearTimeout(known.timer);
      const node = known?.node ?? this.made(sector);
      node.style.translate = `${x}px ${y}px`;
      this.cursors.set(id, { node, timer: window.setTimeout(() => this.gone(id), STILL_MILLISECONDS) });
    }
  }

  /** The line is broken, or so many are here that nobody is told any more. */
  clear(): void {
    for (const id of [...this.cursors.keys()]) this.gone(id);
  }

  private made(sector: string): HTMLElement {
    const node = document.createElement("div");
    node.className = "canvas-cursor";
    node.setAttribute("aria-hidden", "true");
    node.dataset["sector"] = sector;
    node.textContent = this.sectors[sector] ?? "";
    this.canvas.world.append(node);
    return node;
  }

  private gone(id: number): void {
    const known = this.cursors.get(id);
    if (known) clearTimeout(known.timer);
    known?.node.remove();
    this.cursors.delete(id);
  }
}

function moved(box: Box, dx: number, dy: number): Box {
  return { ...box, x: box.x + dx, y: box.y + dy };
}
