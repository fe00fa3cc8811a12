// One leads the view, and those who want to follow see what that one sees. Whoever moves their own view follows no more.
import type { Canvas } from "./canvas.ts";
import type { Gathering } from "../line.ts";

const LEADS_EVERY_MILLISECONDS = 500;

export class Following {
  private isOn = false;
  private timer = 0;
  private readonly canvas: Canvas;
  private readonly button: HTMLElement | null;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
    this.button = canvas.root.querySelector<HTMLElement>('[data-do="follow"], [data-do="lead"]');
    canvas.camera.onMoved = () => this.moved();
  }

  toggle(): void {
    this.set(!this.isOn);
    this.canvas.host.say(this.button?.dataset[this.isOn ? "on" : "off"] ?? "");
    if (this.isOn && this.canvas.host.isLeading) this.tell();
  }

  heard(place: Gathering): void {
    if (this.isOn && !this.canvas.host.isLeading) this.canvas.camera.lookAt(place, place.zoom / 1000);
  }

  private set(isOn: boolean): void {
    this.isOn = isOn;
    this.button?.setAttribute("aria-pressed", String(isOn));
  }

  private moved(): void {
    if (!this.isOn) return;
    if (!this.canvas.host.isLeading) return this.set(false);
    this.timer ||= window.setTimeout(() => {
      this.timer = 0;
      if (this.isOn) this.tell();
    }, LEADS_EVERY_MILLISECONDS);
  }

  private tell(): void {
    const { camera, host } = this.canvas;
    const { x, y } = camera.middle;
    host.leads({ x: Math.round(x), y: Math.round(y), zoom: Math.round(camera.scale * 1000) });
  }
}
