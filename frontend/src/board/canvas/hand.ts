// Mouse, finger and pen: drag what is chosen, pull a corner, draw, join, and move the view. Only the drop is an operation.
import type { Canvas } from "./canvas.ts";
import { around, meets, middle, snapped } from "./geometry.ts";
import type { Box, Point } from "./geometry.ts";
import { kept, outline } from "./ink.ts";

export type Tool = "select" | "note" | "text" | "shape" | "connector" | "ink" | "column";

const FAR_ENOUGH = 4;
const SNAP = 6;
const SVG = "http://www.w3.org/2000/svg";

interface Gesture {
  move(at: Point, event: PointerEvent): void;
  end(at: Point, event: PointerEvent): void;
  stop?(): void;
}

export class Hand {
  tool: Tool = "select";
  private gesture: Gesture | null = null;
  private readonly fingers = new Map<number, Point>();
  private readonly guides: HTMLElement[] = [];
  private readonly canvas: Canvas;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
    const view = canvas.view;
    view.addEventListener("pointerdown", (event) => this.down(event));
    view.addEventListener("pointermove", (event) => this.moved(event));
    view.addEventListener("pointerup", (event) => this.up(event));
    view.addEventListener("pointercancel", (event) => this.up(event, true));
    view.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    view.addEventListener("dblclick", (event) => {
      const id = idAt(event);
      if (id && canvas.host.may("change_own")) canvas.edit(id);
    });
    // The browser would scroll the view to what has focus, and the world would lie askew.
    view.addEventListener("scroll", () => ((view.scrollLeft = 0), (view.scrollTop = 0)));
  }

  take(tool: Tool): void {
    this.tool = tool;
    this.canvas.view.dataset["tool"] = tool;
    this.canvas.bar.showTool(tool);
  }

  private down(event: PointerEvent): void {
    const target = event.target as Element;
    if (target.closest("button, a, textarea, select, dialog") && !target.closest("[data-handle]")) return;
    if (event.button > 1) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.canvas.view.setPointerCapture(event.pointerId);
    if (this.fingers.size === 2) {
      this.gesture?.stop?.();
      this.gesture = null;
      return;
    }
    const at = this.canvas.camera.toWorld(event);
    this.gesture = this.begun(event, at);
    if (event.pointerType !== "touch") event.preventDefault();
  }

  private begun(event: PointerEvent, at: Point): Gesture {
    const canvas = this.canvas;
    const id = idAt(event);
    if (event.button === 1) return this.pan(event);
    if (this.tool === "ink") return this.ink(at);
    if (this.tool === "connector" && id) return this.join(id, at);
    if (this.tool !== "select" && this.tool !== "connector") return this.place(at);
    if ((event.target as Element).closest("[data-handle]") && canvas.chosen.size === 1) return this.pull([...canvas.chosen][0]!, at);
    const isFrame = canvas.items.get(id)?.kind === "column";
    if (!id || (isFrame && !(event.target as Element).closest(".frame-head"))) return event.shiftKey ? this.sweep(at) : this.pan(event);
    this.choose(id, event.shiftKey);
    return this.drag(event);
  }

  private choose(id: string, isMore: boolean): void {
    const { chosen } = this.canvas;
    if (isMore) {
      const now = new Set(chosen);
      if (!now.delete(id)) now.add(id);
      this.canvas.choose(now);
    } else if (!chosen.has(id)) this.canvas.choose([id]);
    const node = this.canvas.nodes.get(id);
    (this.canvas.items.get(id)?.kind === "column" ? node?.querySelector<HTMLElement>(".frame-head") : node)?.focus({ preventScroll: true });
  }

  private moved(event: PointerEvent): void {
    if (event.pointerType !== "touch") this.canvas.host.points(this.canvas.camera.toWorld(event));
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (this.fingers.size === 2) {
      const other = [...this.fingers].find(([finger]) => finger !== event.pointerId)![1];
      const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(now.x - other.x, now.y - other.y)];
      this.canvas.camera.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      if (was > 1) this.canvas.camera.zoom(is / was, { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
    } else this.gesture?.move(this.canvas.camera.toWorld(event), event);
    this.fingers.set(event.pointerId, now);
  }

  private up(event: PointerEvent, isStopped = false): void {
    if (!this.fingers.delete(event.pointerId)) return;
    const gesture = this.gesture;
    this.gesture = null;
    if (isStopped) gesture?.stop?.();
    else gesture?.end(this.canvas.camera.toWorld(event), event);
    this.guide([]);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode ? 16 : 1;
    if (event.ctrlKey || event.metaKey) this.canvas.camera.zoom(Math.exp((-event.deltaY * unit) / 300), event);
    else this.canvas.camera.pan(-(event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX) * unit, event.shiftKey && !event.deltaX ? 0 : -event.deltaY * unit);
  }

  private pan(event: PointerEvent): Gesture {
    let [x, y, isFar] = [event.clientX, event.clientY, false];
    return {
      move: (_at, now) => {
        isFar ||= Math.hypot(now.clientX - x, now.clientY - y) > FAR_ENOUGH;
        if (!isFar) return;
        this.canvas.camera.pan(now.clientX - x, now.clientY - y);
        [x, y] = [now.clientX, now.clientY];
      },
      end: () => {
        if (!isFar) this.canvas.choose([]);
      },
    };
  }

  private drag(event: PointerEvent): Gesture {
    const canvas = this.canvas;
    const start = canvas.camera.toWorld(event);
    // What lies in a frame or group that is dragged goes along with it.
    const ids = [...canvas.chosen].filter((id) => canvas.host.may("move") || canvas.items.get(id)?.mine).filter((id) => !within(canvas, id) && movable(canvas, id));
    const boxes = new Map(ids.map((id) => [id, canvas.box(id)]));
    const whole = around(boxes.values());
    const others = [...canvas.items.values()].filter((item) => !boxes.has(item.id) && item.kind !== "connector" && item.kind !== "ink" && !within(canvas, item.id)).map((item) => canvas.box(item.id));
    const along = new Map([...canvas.items.keys()].map((id) => [id, carrier(canvas, id, boxes)] as const).filter(([, by]) => by));
    let [dx, dy, isFar, asked] = [0, 0, false, 0];
    const carried = (): ReturnType<Parameters<typeof canvas.host.drags>[0]> => {
      const first = whole && ids[0] ? canvas.box(ids[0]) : null;
      const under = first ? canvas.holderAt(middle({ ...first, x: first.x + dx, y: first.y + dy }), new Set(ids)) : { frame: "", group: "" };
      return { items: ids, x: dx, y: dy, inside: under.group || under.frame, before: "" };
    };
    const show = (): void => {
      asked = 0;
      canvas.host.drags(carried);
      for (const [id] of boxes) canvas.nodes.get(id)!.style.translate = shifted(canvas, id, dx, dy);
      canvas.joinUp(new Map([...along].map(([id]) => [id, { ...canvas.box(id), x: canvas.box(id).x + dx, y: canvas.box(id).y + dy }])));
    };
    const stop = (): void => {
      cancelAnimationFrame(asked);
      canvas.host.letsGo();
      for (const [id] of boxes) {
        canvas.held.delete(id);
        canvas.nodes.get(id)?.removeAttribute("data-held");
      }
      // Theirs alone are put in place anew, also when they were let go where they lay.
      for (const [id] of boxes) canvas.boxes.delete(id);
      canvas.arrange();
    };
    return {
      move: (at, now) => {
        [dx, dy] = [at.x - start.x, at.y - start.y];
        if (!isFar && Math.hypot(dx, dy) * canvas.camera.scale < FAR_ENOUGH) return;
        if (!isFar) for (const [id] of boxes) canvas.held.add(id), canvas.nodes.get(id)!.setAttribute("data-held", "");
        isFar = true;
        if (whole && !now.altKey) {
          const snap = snapped({ ...whole, x: whole.x + dx, y: whole.y + dy }, others, SNAP / canvas.camera.scale);
          [dx, dy] = [dx + snap.dx, dy + snap.dy];
          this.guide(snap.guides);
        }
        asked ||= requestAnimationFrame(show);
      },
      end: () => {
        const step = isFar ? canvas.moved(boxes.keys(), dx, dy) : null;
        stop();
        if (step) canvas.act(step);
      },
      stop,
    };
  }

  private pull(id: string, start: Point): Gesture {
    const canvas = this.canvas;
    const from = canvas.box(id);
    const node = canvas.nodes.get(id)!;
    const sized = (at: Point): Box => ({ ...from, w: Math.max(48, Math.round(from.w + at.x - start.x)), h: Math.max(32, Math.round(from.h + at.y - start.y)) });
    return {
      move: (at) => {
        const box = sized(at);
        canvas.held.add(id);
        node.style.width = `${box.w}px`;
        node.style.height = `${box.h}px`;
      },
      end: (at) => {
        canvas.held.delete(id);
        node.style.removeProperty("height");
        const item = canvas.items.get(id);
        if (!item) return;
        const [op, back] = canvas.placed(item, sized(at), item.inside);
        canvas.boxes.delete(id);
        canvas.act({ again: [op], back: [back] });
      },
    };
  }

  private sweep(start: Point): Gesture {
    const canvas = this.canvas;
    const mark = document.createElement("div");
    mark.className = "canvas-sweep";
    canvas.world.append(mark);
    const box = (at: Point): Box => ({ x: Math.min(start.x, at.x), y: Math.min(start.y, at.y), w: Math.abs(at.x - start.x), h: Math.abs(at.y - start.y) });
    return {
      move: (at) => {
        const now = box(at);
        mark.style.translate = `${now.x}px ${now.y}px`;
        mark.style.width = `${now.w}px`;
        mark.style.height = `${now.h}px`;
      },
      end: (at) => {
        mark.remove();
        canvas.choose([...canvas.items.values()].filter((item) => item.kind !== "column" && meets(canvas.box(item.id), box(at))).map((item) => item.id));
      },
      stop: () => mark.remove(),
    };
  }

  private place(start: Point): Gesture {
    const canvas = this.canvas;
    const tool = this.tool;
    return {
      move: () => {},
      end: (at) => {
        this.take("select");
        const [w, h] = [Math.abs(at.x - start.x), Math.abs(at.y - start.y)];
        if (tool === "note" || tool === "text" || tool === "column") canvas.compose(tool, start);
        else {
          const isDrawn = w > 24 && h > 24;
          const corner = isDrawn ? { x: Math.min(start.x, at.x), y: Math.min(start.y, at.y) } : start;
          const id = canvas.add("shape", corner, isDrawn ? { w: Math.round(w), h: Math.round(h) } : { w: 208, h: 120 });
          canvas.choose([id]);
          canvas.focus(id);
        }
      },
    };
  }

  private ink(start: Point): Gesture {
    const canvas = this.canvas;
    const row: Point[] = [start];
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "canvas-ink");
    const path = svg.appendChild(document.createElementNS(SVG, "path"));
    path.setAttribute("class", "ink");
    canvas.world.append(svg);
    return {
      move: (_at, event) => {
        const seen = event.getCoalescedEvents?.() ?? [];
        for (const each of seen.length ? seen : [event]) row.push(canvas.camera.toWorld(each));
        path.setAttribute("d", outline(row.map((point) => [point.x, point.y])));
      },
      end: () => {
        svg.remove();
        const stroke = kept(row);
        if (stroke) canvas.add("ink", stroke.box, { w: stroke.box.w, h: stroke.box.h, path: stroke.path });
      },
      stop: () => svg.remove(),
    };
  }

  private join(from: string, start: Point): Gesture {
    const canvas = this.canvas;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "canvas-ink");
    const path = svg.appendChild(document.createElementNS(SVG, "path"));
    path.setAttribute("class", "join");
    canvas.world.append(svg);
    return {
      move: (at) => path.setAttribute("d", `M${start.x} ${start.y}L${at.x} ${at.y}`),
      end: (_at, event) => {
        svg.remove();
        const to = (document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-world] [data-item]") ?? null)?.dataset["item"] ?? "";
        if (to && to !== from && canvas.items.get(to)?.kind !== "connector") this.joined(from, to);
      },
      stop: () => svg.remove(),
    };
  }

  joined(one: string, other: string): void {
    const id = this.canvas.add("connector", { x: 0, y: 0 }, { path: `${one}>${other}` });
    this.take("select");
    this.canvas.choose([id]);
    this.canvas.focus(id);
  }

  private guide(lines: readonly { isVertical: boolean; at: number }[]): void {
    this.guides.splice(0).forEach((each) => each.remove());
    for (const line of lines) {
      const mark = document.createElement("div");
      mark.className = line.isVertical ? "canvas-guide upright" : "canvas-guide";
      mark.style.translate = line.isVertical ? `${line.at}px 0` : `0 ${line.at}px`;
      this.canvas.world.append(mark);
      this.guides.push(mark);
    }
  }
}

function idAt(event: Event): string {
  return (event.target as Element).closest<HTMLElement>("[data-world] [data-item]")?.dataset["item"] ?? "";
}

/** Whether something that is chosen too holds it. */
function within(canvas: Canvas, id: string): boolean {
  const inside = canvas.items.get(id)?.inside ?? "";
  return Boolean(inside) && (canvas.chosen.has(inside) || within(canvas, inside));
}

function movable(canvas: Canvas, id: string): boolean {
  const item = canvas.items.get(id);
  return item !== undefined && item.kind !== "connector" && (item.kind !== "column" || canvas.host.isLeading);
}

function carrier(canvas: Canvas, id: string, boxes: ReadonlyMap<string, Box>): string {
  for (let at = id; at; at = canvas.items.get(at)?.inside ?? "") if (boxes.has(at)) return at;
  return "";
}

/** Where it is drawn when it has come so far from where it lies. */
export function shifted(canvas: Canvas, id: string, dx: number, dy: number): string {
  const isInGroup = canvas.items.get(canvas.items.get(id)?.inside ?? "")?.kind === "group";
  const own = isInGroup ? { x: 0, y: 0 } : (canvas.boxes.get(id) ?? { x: 0, y: 0 });
  return `${own.x + dx}px ${own.y + dy}px`;
}
