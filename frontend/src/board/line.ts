// The line to the forum: a socket, opened again when it breaks; plain requests where no socket comes through.
import type { Carry } from "./hands.ts";
import type { Answer, Item, Operation } from "./items.ts";

export interface Addresses {
  readonly socket: string;
  readonly since: string;
  readonly do: string;
}

export interface Hears {
  items(seq: number, items: Item[], isStateChanged: boolean): void;
  done(answers: Answer[]): void;
  writing(inside: string, sector: string): void;
  /** How many watch, and how many of each sector. */
  here(count: number, sectors: Readonly<Record<string, number>>): void;
  /** Whether there is a line, of either kind. */
  connected(isOn: boolean): void;
  /** The newest number known, and what has not been answered. */
  seq(): number;
  waiting(): Operation[];
  token(): string;
}

/** Where somebody points. Who it is, nobody is told; the number is the same for as long as they stay. */
export interface Cursor {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly sector: string;
}

/** Where the one who leads asks all to look: an item, or a place on the canvas and how near (1000 is as it is). */
export interface Gathering {
  readonly item: string;
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** As it goes over the line: whose, what, how far, and where it would land. */
type Dragged = readonly [number, readonly string[], number, number, string, string];

interface Message {
  readonly t: string;
  readonly seq?: number;
  readonly items?: Item[];
  readonly state?: boolean;
  readonly done?: Answer[];
  readonly in?: string;
  readonly sector?: string;
  readonly n?: number;
  readonly sectors?: Record<string, number>;
  readonly at?: [number, number, number, string][] | Dragged[];
  readonly item?: string;
  readonly x?: number;
  readonly y?: number;
  readonly zoom?: number;
}

const PING_MILLISECONDS = 20_000;
// No word for so long: the line is dead, whatever the browser thinks.
const DEAD_MILLISECONDS = 45_000;
const POLL_MILLISECONDS = 3000;
const LONGEST_PAUSE = 8000;
// A municipality's firewall refuses every time; then requests are asked instead, and the socket tried now and then.
const REFUSALS_BEFORE_POLLING = 2;
const RETRY_SOCKET_MILLISECONDS = 60_000;
// Where one points and what one drags is told so often at most, and not at all where so many are that nobody can follow.
const PASSING_MILLISECONDS = 100;
// What is held still is told again, so that nobody thinks the line is gone.
const HELD_MILLISECONDS = 1000;
const MOST_CARRIED = 20;
const CROWD = 50;

/** How long to wait before the next try: doubled each time, and never all browsers at once. */
export function pause(tries: number, random: number): number {
  return Math.min(LONGEST_PAUSE, 500 * 2 ** tries) * (0.5 + random / 2);
}

/** The others' cursors out of a message. */
export function cursorsIn(at: readonly (readonly [number, number, number, string])[], own: number): Cursor[] {
  return at.filter(([id]) => id !== own).map(([id, x, y, sector]) => ({ id, x, y, sector }));
}

/** What the others drag, out of a message. */
export function carriedIn(at: readonly Dragged[], own: number): Carry[] {
  return at.filter(([number]) => number !== own).map(([number, items, x, y, inside, before]) => ({ number, items, x, y, inside, before }));
}

export class Line {
  private socket: WebSocket | undefined;
  private tries = 0;
  private refused = 0;
  private heardAt = 0;
  private timer = 0;
  private isPolling = false;
  private ownNumber = 0;
  private here = 0;
  private pointed: { x: number; y: number } | undefined;
  private pointing = 0;
  private carried: (() => Omit<Carry, "number">) | undefined;
  private carrying = 0;
  private toldDrag = "";
  private toldDragAt = 0;

  /** What the others point at, as it comes; one's own is left out. */
  onCursor: ((cursors: Cursor[]) => void) | undefined;
  /** What the others drag; one's own is left out. */
  onDrag: ((carries: Carry[]) => void) | undefined;
  /** The one who leads gathers all. */
  onGather: ((place: Gathering) => void) | undefined;
  /** Where the one who leads looks now, for those who follow. */
  onLead: ((place: Gathering) => void) | undefined;

  private readonly at: Addresses;
  private readonly hears: Hears;

  constructor(at: Addresses, hears: Hears) {
    this.at = at;
    this.hears = hears;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.isOpen) this.open();
    });
    setInterval(() => this.watch(), PING_MILLISECONDS);
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open(): void {
    clearTimeout(this.timer);
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.at.socket}?since=${this.hears.seq()}`;
    const socket = new WebSocket(address);
    this.socket = socket;
    let hasBeenOpen = false;
    socket.onopen = () => {
      hasBeenOpen = true;
      this.tries = this.refused = 0;
      this.isPolling = false;
      this.heardAt = Date.now();
      this.hears.connected(true);
      this.send(this.hears.waiting());
    };
    socket.onmessage = (event) => this.heard(JSON.parse(String(event.data)) as Message);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      if (!hasBeenOpen) this.refused += 1;
      this.again();
    };
  }

  /** Sent now if there is a socket; else it goes with the next try, since it stands in the outbox. */
  send(ops: readonly Operation[]): void {
    if (!ops.length) return;
    if (this.isOpen) {
      for (let at = 0; at < ops.length; at += 50) this.socket?.send(JSON.stringify({ ops: ops.slice(at, at + 50) }));
    } else if (this.isPolling) void this.ask();
  }

  isWriting(inside: string): void {
    if (this.isOpen) this.socket?.send(JSON.stringify({ c: "writing", in: inside }));
  }

  /** Where one points, in whole units of the canvas. Call it as often as it moves: the newest is sent ten times a second. */
  sendCursor(x: number, y: number): void {
    if (!this.isOpen || this.here > CROWD || document.hidden) return;
    this.pointed = { x: Math.round(x), y: Math.round(y) };
    if (this.pointing) return;
    this.pointing = window.setTimeout(() => {
      this.pointing = 0;
      if (this.isOpen && this.pointed) this.socket?.send(JSON.stringify({ c: "cursor", ...this.pointed }));
    }, PASSING_MILLISECONDS);
  }

  /** What one drags. Call it as often as it moves: where it is then is told ten times a second, until it is let go. */
  drags(where: () => Omit<Carry, "number">): void {
    this.carried = where;
    if (!this.carrying) this.tellDrag();
  }

  letsGo(): void {
    if (!this.carrying) return;
    clearTimeout(this.carrying);
    this.carrying = 0;
    this.carried = undefined;
    if (this.isOpen) this.socket?.send('{"c":"drag","items":[]}');
  }

  private tellDrag(): void {
    if (this.carried && this.isOpen && this.here <= CROWD) {
      const { items, x, y, inside, before } = this.carried();
      const told = JSON.stringify({ c: "drag", items: items.slice(0, MOST_CARRIED), x: Math.round(x), y: Math.round(y), in: inside, before });
      if (told !== this.toldDrag || Date.now() - this.toldDragAt >= HELD_MILLISECONDS) {
        this.socket?.send(told);
        [this.toldDrag, this.toldDragAt] = [told, Date.now()];
      }
    }
    this.carrying = window.setTimeout(() => this.tellDrag(), PASSING_MILLISECONDS);
  }

  /** All are asked to look there; the forum lets only the one who leads ask it. */
  gather(place: Partial<Gathering>): void {
    if (this.isOpen) this.socket?.send(JSON.stringify({ c: "gather", ...place }));
  }

  /** Those who follow are taken along; the forum lets only the one who leads do it. */
  lead(place: Partial<Gathering>): void {
    if (this.isOpen) this.socket?.send(JSON.stringify({ c: "lead", ...place }));
  }

  private heard(message: Message): void {
    this.heardAt = Date.now();
    if (message.t === "items") this.hears.items(message.seq ?? 0, message.items ?? [], message.state ?? false);
    else if (message.t === "done") this.hears.done(message.done ?? []);
    else if (message.t === "writing") this.hears.writing(message.in ?? "", message.sector ?? "");
    else if (message.t === "here") this.hears.here((this.here = message.n ?? 0), message.sectors ?? {});
    else if (message.t === "you") this.ownNumber = message.n ?? 0;
    else if (message.t === "cursors") this.onCursor?.(cursorsIn((message.at ?? []) as [number, number, number, string][], this.ownNumber));
    else if (message.t === "drags") this.onDrag?.(carriedIn((message.at ?? []) as Dragged[], this.ownNumber));
    else if (message.t === "gather" || message.t === "lead") {
      const place = { item: message.item ?? "", x: message.x ?? 0, y: message.y ?? 0, zoom: message.zoom ?? 1000 };
      (message.t === "gather" ? this.onGather : this.onLead)?.(place);
    }
  }

  private again(): void {
    if (this.refused >= REFUSALS_BEFORE_POLLING) {
      this.isPolling = true;
      void this.ask();
      this.timer = window.setTimeout(() => this.open(), RETRY_SOCKET_MILLISECONDS);
      return;
    }
    this.hears.connected(false);
    this.timer = window.setTimeout(() => this.open(), pause(this.tries, Math.random()));
    this.tries += 1;
  }

  private drop(): void {
    this.hears.connected(false);
    this.socket?.close();
  }

  private watch(): void {
    if (!this.isOpen) return;
    if (Date.now() - this.heardAt > DEAD_MILLISECONDS) this.socket?.close();
    else this.socket?.send('{"c":"ping"}');
  }

  /** Without a socket: send what waits, and ask what has changed. */
  private async ask(): Promise<void> {
    clearTimeout(this.pollTimer);
    try {
      const waiting = this.hears.waiting().slice(0, 50);
      if (waiting.length) {
        const sent = await fetch(this.at.do, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": this.hears.token() },
          body: JSON.stringify({ ops: waiting }),
        });
        if (sent.ok) this.hears.done(((await sent.json()) as { done: Answer[] }).done);
      }
      const answer = await fetch(`${this.at.since}?seq=${this.hears.seq()}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const told = (await answer.json()) as { seq: number; items: Item[]; state: boolean };
      this.hears.connected(true);
      this.hears.items(told.seq, told.items, told.state);
    } catch {
      this.hears.connected(false);
    }
    if (this.isPolling) this.pollTimer = window.setTimeout(() => void this.ask(), POLL_MILLISECONDS);
  }

  private pollTimer = 0;
}
