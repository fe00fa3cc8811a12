// Which part of the canvas is seen, and how large. The world is one layer that is moved, so nothing in it is drawn anew.
import type { Box, Point } from "./geometry.ts";

const LEAST = 0.1;
const MOST = 4;
// Smaller, and a note cannot be read.
const LEGIBLE = 0.6;
const REST_MILLISECONDS = 160;

export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  /** Moved by one's own hand, and not by somebody who is followed. */
  onMoved: (() => void) | undefined;
  private rest = 0;
  private isAsked = false;

  private readonly view: HTMLElement;
  private readonly world: HTMLElement;
  private readonly told: (scale: number) => void;

  constructor(view: HTMLElement, world: HTMLElement, told: (scale: number) => void) {
    this.view = view;
    this.world = world;
    this.told = told;
  }

  toWorld(event: { clientX: number; clientY: number }): Point {
    const seen = this.view.getBoundingClientRect();
    return { x: (event.clientX - seen.left - this.x) / this.scale, y: (event.clientY - seen.top - this.y) / this.scale };
  }

  get middle(): Point {
    const seen = this.view.getBoundingClientRect();
    return this.toWorld({ clientX: seen.left + seen.width / 2, clientY: seen.top + seen.height / 2 });
  }

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.onMoved?.();
    this.show();
  }

  /** The point under the pointer stays under it. */
  zoom(factor: number, at?: { clientX: number; clientY: number }): void {
    const seen = this.view.getBoundingClientRect();
    const point = at ?? { clientX: seen.left + seen.width / 2, clientY: seen.top + seen.height / 2 };
    const before = this.toWorld(point);
    this.scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    this.x = point.clientX - seen.left - before.x * this.scale;
    this.y = point.clientY - seen.top - before.y * this.scale;
    this.onMoved?.();
    this.show();
  }

  fit(whole: Box | null, most = 1): void {
    if (!whole) return;
    const [width, height] = [this.view.clientWidth, this.view.clientHeight];
    this.scale = Math.min(most, Math.max(LEAST, Math.min((width - 32) / whole.w, (height - 32) / whole.h)));
    this.x = Math.max(16, (width - whole.w * this.scale) / 2) - whole.x * this.scale;
    this.y = 16 - whole.y * this.scale;
    this.onMoved?.();
    this.show();
  }

  /** As one comes: all of it, where that can be read; else its beginning. */
  begin(whole: Box | null): void {
    this.fit(whole);
    if (!whole || this.scale >= LEGIBLE) return;
    this.scale = LEGIBLE;
    this.x = 16 - whole.x * this.scale;
    this.y = 16 - whole.y * this.scale;
    this.show();
  }

  /** That point in the middle, as large as whoever asked sees it. */
  lookAt(point: Point, scale: number): void {
    this.scale = Math.min(MOST, Math.max(LEAST, scale));
    this.x = this.view.clientWidth / 2 - point.x * this.scale;
    this.y = this.view.clientHeight / 2 - point.y * this.scale;
    this.show();
  }

  /** Brings a box into view, and no farther than needed. */
  reveal(box: Box): void {
    const edge = 24;
    const [left, top] = [box.x * this.scale + this.x, box.y * this.scale + this.y];
    const [right, bottom] = [left + box.w * this.scale, top + box.h * this.scale];
    const [width, height] = [this.view.clientWidth, this.view.clientHeight];
    const dx = left < edge ? edge - left : right > width - edge ? Math.max(width - edge - right, edge - left) : 0;
    const dy = top < edge ? edge - top : bottom > height - edge ? Math.max(height - edge - bottom, edge - top) : 0;
    if (dx || dy) this.pan(dx, dy);
  }

  private show(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      this.isAsked = false;
      // A layer of its own while it moves; drawn sharp again when it rests.
      this.world.style.willChange = "transform";
      this.world.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
      this.told(this.scale);
      clearTimeout(this.rest);
      this.rest = window.setTimeout(() => (this.world.style.willChange = "auto"), REST_MILLISECONDS);
    });
  }
}
