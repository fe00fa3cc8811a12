// What stands on the canvas as elements: read from the page, made from its patterns, dressed and put in place.
import type { Item, Kind } from "../items.ts";
import { arrowHead, joined } from "./geometry.ts";
import type { Box, Point } from "./geometry.ts";
import { outline, points } from "./ink.ts";

export interface CanvasWords {
  readonly kinds: Readonly<Record<string, string>>;
  readonly looks: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

const BLANK = "0000000000";
const SVG = "http://www.w3.org/2000/svg";

export function read(node: HTMLElement): Item {
  const data = node.dataset;
  return {
    id: data["item"] ?? "",
    seq: Number(data["seq"] ?? 0),
    kind: (data["kind"] ?? "note") as Kind,
    text: node.querySelector(`[data-text]`)?.textContent ?? node.querySelector("img")?.alt ?? "",
    inside: data["inside"] ?? "",
    rank: data["rank"] ?? "",
    sector: data["sector"] ?? "",
    name: "",
    mine: "mine" in data,
    proxy: false,
    hidden: "hidden" in data,
    base: Number(data["base"] ?? 0),
    ...("w" in data ? { x: Number(data["x"]), y: Number(data["y"]), w: Number(data["w"]), h: Number(data["h"]) } : {}),
    look: data["look"] ?? "",
    path: data["path"] ?? "",
    file: data["file"] ?? "",
  };
}

export function made(root: ParentNode, item: Item): HTMLElement | null {
  const name = ["note", "group", "column"].includes(item.kind) ? item.kind : "piece";
  const pattern = root.querySelector<HTMLTemplateElement>(`template[data-pattern="${name}"]`);
  const node = pattern?.content.firstElementChild?.cloneNode(true);
  if (!(node instanceof HTMLElement)) return null;
  for (const each of [node, ...node.querySelectorAll<HTMLElement>("*")]) {
    for (const name of ["id", "aria-labelledby", "href", "value", "data-lane"]) {
      const value = each.getAttribute(name);
      if (value?.includes(BLANK)) each.setAttribute(name, value.replaceAll(BLANK, item.id));
    }
  }
  return node;
}

export function dress(node: HTMLElement, item: Item, words: CanvasWords, who: string): void {
  node.dataset["item"] = item.id;
  node.dataset["kind"] = item.kind;
  node.dataset["inside"] = item.inside;
  node.dataset["rank"] = item.rank;
  node.dataset["base"] = String(item.base);
  node.dataset["look"] = item.look ?? "";
  node.toggleAttribute("data-mine", item.mine);
  node.toggleAttribute("data-hidden", item.hidden);
  const text = [...node.querySelectorAll<HTMLElement>("[data-text]")].find((each) => each.closest("[data-item]") === node);
  if (text && text.textContent !== item.text) text.textContent = item.text;
  if (item.kind === "note") {
    node.dataset["sector"] = item.sector;
    const line = node.querySelector("[data-who]");
    if (line && who) line.textContent = who;
  } else if (!["group", "column"].includes(item.kind)) {
    node.setAttribute("aria-label", [words.looks[item.look ?? ""] ?? words.kinds[item.kind] ?? "", item.text].filter(Boolean).join(": "));
  }
}

/** Where it lies; nothing for what a group lays in its row. */
export function put(node: HTMLElement, item: Item, box: Box | undefined): void {
  if (!box) {
    node.style.removeProperty("translate");
    node.style.removeProperty("width");
    node.style.removeProperty("min-height");
    return;
  }
  node.style.translate = `${box.x}px ${box.y}px`;
  node.style.width = `${box.w}px`;
  if (item.kind === "group") return;
  node.style.setProperty(item.kind === "note" || item.kind === "text" ? "min-height" : "height", `${box.h}px`);
  if (item.kind === "shape" || item.kind === "ink") drawn(node, item, box);
}

function svgOf(node: HTMLElement): SVGSVGElement {
  const known = node.querySelector<SVGSVGElement>(":scope > svg");
  if (known) return known;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "piece-drawing");
  node.prepend(svg);
  return svg;
}

function part(svg: SVGSVGElement, name: string, attributes: Record<string, string>): void {
  const known = svg.firstElementChild;
  const shape = known?.tagName === name ? known : document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (shape !== known) svg.replaceChildren(shape);
}

function drawn(node: HTMLElement, item: Item, box: Box): void {
  const svg = svgOf(node);
  svg.setAttribute("viewBox", `0 0 ${box.w} ${box.h}`);
  svg.setAttribute("preserveAspectRatio", "none");
  const [right, bottom] = [box.w - 1, box.h - 1];
  if (item.kind === "ink") {
    if (svg.dataset["path"] === item.path) return;
    svg.dataset["path"] = item.path ?? "";
    svg.setAttribute("viewBox", `0 0 ${item.w ?? box.w} ${item.h ?? box.h}`);
    part(svg, "path", { d: outline(points(item.path ?? "")), class: "ink" });
  } else if (item.look === "ellipse") part(svg, "ellipse", { cx: `${box.w / 2}`, cy: `${box.h / 2}`, rx: `${box.w / 2 - 1}`, ry: `${box.h / 2 - 1}`, class: "shape" });
  else if (item.look === "diamond") part(svg, "path", { d: `M${box.w / 2} 1L${right} ${box.h / 2}L${box.w / 2} ${bottom}L1 ${box.h / 2}Z`, class: "shape" });
  else part(svg, "rect", { x: "1", y: "1", width: `${box.w - 2}`, height: `${box.h - 2}`, rx: "4", class: "shape" });
}

/** A connector between what it joins, or nothing when one of them is not there. */
export function connect(node: HTMLElement, item: Item, one: Box | undefined, other: Box | undefined): void {
  node.hidden = !one || !other;
  if (!one || !other) return;
  const { from, to } = joined(one, other);
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  node.style.translate = `${x}px ${y}px`;
  node.style.width = `${Math.max(1, Math.abs(from.x - to.x))}px`;
  node.style.height = `${Math.max(1, Math.abs(from.y - to.y))}px`;
  const svg = svgOf(node);
  const drawn = (point: Point): string => `${(point.x - x).toFixed(1)} ${(point.y - y).toFixed(1)}`;
  const [left, tip, right] = arrowHead(from, to);
  const head = item.look === "line" ? "" : `M${drawn(left)}L${drawn(tip)}L${drawn(right)}`;
  part(svg, "path", { d: `M${drawn(from)}L${drawn(tip)}${head}`, class: "join" });
}
