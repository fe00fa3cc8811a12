// What the canvas asks of the board around it.
import type { Carry } from "../hands.ts";
import type { Item, Wanted } from "../items.ts";
import type { Point } from "./geometry.ts";

export interface Host {
  readonly room: HTMLElement;
  do(op: Wanted): void;
  /** Whether an operation on it has not been answered yet. */
  waits(id: string): boolean;
  may(right: string): boolean;
  who(item: Item): string;
  readonly isLeading: boolean;
  readonly sector: string;
  tell(words: string): void;
  say(words: string): void;
  /** Where one points, and what one drags; told to the others, and not kept. */
  points(at: Point): void;
  drags(where: () => Omit<Carry, "number">): void;
  letsGo(): void;
  /** Where one looks, for those who follow. */
  leads(place: { x: number; y: number; zoom: number }): void;
  /** All are asked to look there. */
  gather(place: { x: number; y: number; zoom: number }): void;
}
