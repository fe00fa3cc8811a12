// Notes and groups on the page: made from the patterns that the page brings, so that both draw the same.
import { isBefore } from "./items.ts";
import type { Item } from "./items.ts";
import { numbered } from "./said.ts";

export interface Words {
  readonly mine: string;
  readonly proxy: string;
  readonly hidden: string;
  readonly held: string;
}

const BLANK = "0000000000";

export class Drawing {
  private readonly room: HTMLElement;
  private readonly noteAddress: string;
  private readonly sectors: Readonly<Record<string, string>>;
  private readonly words: Words;

  constructor(room: HTMLElement, noteAddress: string, sectors: Readonly<Record<string, string>>, words: Words) {
    this.room = room;
    this.noteAddress = noteAddress;
    this.sectors = sectors;
    this.words = words;
  }

  find(id: string): HTMLElement | null {
    return this.room.querySelector<HTMLElement>(`[data-item="${id}"]`);
  }

  remove(id: string): void {
    const found = this.find(id);
    const lane = found?.closest<HTMLElement>("[data-lane]") ?? null;
    found?.remove();
    this.count(lane);
    // With a heading go those that are drawn under it.
    if (found) this.countAll(found.matches(".note") ? -1 : -found.querySelectorAll(".note[data-item]").length);
  }

  /** Puts it there, or where it has moved to. False when the place is not on the page. */
  put(item: Item, isWaiting = false): boolean {
    const lane = this.room.querySelector<HTMLElement>(`[data-lane="${item.inside}"]`);
    if (!lane || (item.kind !== "note" && item.kind !== "group")) return false;
    const known = this.find(item.id);
    const made = known ?? this.made(item.kind);
    if (!made) return false;
    const from = made.closest<HTMLElement>("[data-lane]");
    this.dress(made, item);
    made.toggleAttribute("data-waiting", isWaiting);
    this.place(made, lane);
    this.count(from);
    this.count(lane);
    if (!known && item.kind === "note") this.countAll(1);
    return true;
  }

  private made(kind: "note" | "group"): HTMLElement | null {
    const pattern = this.room.querySelector<HTMLTemplateElement>(`template[data-pattern="${kind}"]`);
    const made = pattern?.content.firstElementChild?.cloneNode(true);
    return made instanceof HTMLElement ? made : null;
  }

  private dress(made: HTMLElement, item: Item): void {
    made.dataset["item"] = item.id;
    made.dataset["rank"] = item.rank;
    const text = made.querySelector<HTMLElement>("[data-text]");
    if (text && text.textContent !== item.text) text.textContent = item.text;
    if (item.kind === "group") {
      made.querySelector("h3")!.id = `g-${item.id}`;
      made.setAttribute("aria-labelledby", `g-${item.id}`);
      made.querySelector<HTMLElement>("[data-lane]")!.dataset["lane"] = item.id;
      return;
    }
    made.id = `n-${item.id}`;
    made.dataset["sector"] = item.sector;
    made.dataset["base"] = String(item.base);
    made.toggleAttribute("data-mine", item.mine);
    made.toggleAttribute("data-hidden", item.hidden);
    for (const link of made.querySelectorAll<HTMLAnchorElement>(`a[href*="${BLANK}"]`)) link.href = link.href.replace(BLANK, item.id);
    if (text instanceof HTMLAnchorElement) text.href = this.noteAddress.replace(BLANK, item.id);
    const tick = made.querySelector<HTMLInputElement>('input[name="note"]');
    if (tick) tick.value = item.id;
    const who = made.querySelector("[data-who]");
    if (who) who.textContent = this.who(item);
  }

  private who(item: Item): string {
    const parts = [item.name, this.sectors[item.sector] ?? "", item.mine ? this.words.mine : "", item.proxy ? this.words.proxy : ""];
    const line = parts.filter(Boolean).join(", ");
    return item.hidden ? [line, item.waiting ? this.words.held : this.words.hidden].filter(Boolean).join(" · ") : line;
  }

  private place(made: HTMLElement, lane: HTMLElement): void {
    const own = { rank: made.dataset["rank"] ?? "", id: made.dataset["item"] ?? "" };
    const after = [...lane.children].find((each): each is HTMLElement => {
      if (!(each instanceof HTMLElement) || each === made || !each.dataset["item"]) return false;
      return isBefore(own, { rank: each.dataset["rank"] ?? "", id: each.dataset["item"] });
    });
    // What stands right already is left alone: focus and selection stay in it.
    const next = after ?? null;
    const following = made.nextElementSibling instanceof HTMLElement && made.nextElementSibling.dataset["item"] ? made.nextElementSibling : null;
    if (made.parentElement === lane && following === next) return;
    lane.insertBefore(made, next);
  }

  private count(lane: HTMLElement | null): void {
    const number = lane?.closest<HTMLElement>(".group")?.querySelector("[data-count]");
    if (lane && number) number.textContent = String(lane.querySelectorAll(":scope > .note").length);
  }

  /** How many notes there are. Some stand on the canvas alone, so it begins with what the forum counted. */
  private countAll(more: number): void {
    const place = this.room.querySelector<HTMLElement>("[data-notes]");
    if (!place || !more) return;
    const number = Math.max(0, Number(place.dataset["notes"]) + more);
    place.dataset["notes"] = String(number);
    place.textContent = numbered(number, place.dataset["words"] ?? "");
  }

  /** "Who has written", from what stands here. */
  countVoices(): void {
    for (const cell of this.room.querySelectorAll<HTMLElement>("[data-voice]")) {
      const notes = this.room.querySelectorAll(`.room-work .note[data-sector="${cell.dataset["voice"]}"]`).length;
      if (notes) cell.textContent = String(notes);
    }
  }

  /** Somebody has begun a note there: a dashed one, for as long as they go on. */
  writing(inside: string, sector: string, words: string): void {
    const lane = this.room.querySelector<HTMLElement>(`[data-lane="${inside}"]`);
    if (!lane) return;
    const known = lane.querySelector<HTMLElement>(`.typing[data-from="${sector}"]`);
    const made = known ?? document.createElement("p");
    made.className = "note typing";
    made.dataset["from"] = sector;
    made.setAttribute("aria-hidden", "true");
    made.textContent = [words, this.sectors[sector]].filter(Boolean).join(" ");
    if (!known) lane.append(made);
    clearTimeout(Number(made.dataset["timer"]));
    made.dataset["timer"] = String(window.setTimeout(() => made.remove(), 5000));
  }
}
