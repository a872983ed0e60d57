// The members by zone, and who accuses whom.

import { byId, el, keyed, setAttribute, setHidden, setText, svg, visible } from "./dom.js";

/** With more members than this, each is a small square; its name is in its label and below. */
const ROOMY = 60;
/** With more zones than this, each is a narrow box. */
const ROOMY_ZONES = 24;
const MAX_ARROWS = 200;
const MAX_LINES = 50;

/** What a state looks like, for those who see no colours. */
export const MARKS = { ALIVE: "●", SUSPECT: "?", DEAD: "✕", LEFT: "–" };

const map = byId("map");
const zones = el("div", { class: "zones" });
const arrows = svg("g");
const canvas = svg(
  "svg",
  { class: "arrows", "aria-hidden": "true" },
  svg(
    "defs",
    {},
    svg(
      "marker",
      { id: "head", viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" },
      svg("path", { d: "M0 0 L8 4 L0 8 z" }),
    ),
  ),
  arrows,
);
map.append(canvas, zones);

/** Element of each member, by name. */
const buttons = new Map();
/** What is looked for in, by element. */
const haystacks = new WeakMap();

let accusations = [];
let more = 0;
let looked = { text: "", states: new Set(Object.keys(MARKS)) };

export function zoneOf(member) {
  return member.zone ?? "";
}

/** The status of a member's service; null where there is none to call any more. */
export function statusOf(member) {
  return member.state === "DEAD" || member.state === "LEFT" ? null : member.status ?? null;
}

/** Shows the members, and how many there are besides. */
export function showMap(members, unreachable, self, besides) {
  more = besides;
  const cut = new Set(unreachable);
  setAttribute(map, "data-dense", members.length > ROOMY ? "" : null);
  const byZone = new Map();
  for (const member of members) {
    const zone = zoneOf(member);
    if (!byZone.has(zone)) {
      byZone.set(zone, []);
    }
    byZone.get(zone).push(member);
  }
  setAttribute(map, "data-narrow", byZone.size > ROOMY_ZONES ? "" : null);
  const names = new Set(members.map((member) => member.nodeId));
  for (const id of buttons.keys()) {
    if (!names.has(id)) {
      buttons.delete(id);
    }
  }
  keyed(
    zones,
    [...byZone].sort(([a], [b]) => (a < b ? -1 : 1)),
    ([zone]) => zone,
    ([zone]) => zoneElement(zone),
    (element, [zone, inZone]) => updateZone(element, zone, inZone, cut, self),
  );
  filter();
  rove();
  accusations = members
    .filter((member) => member.accusers.length > 0)
    .map((member) => ({ member, accusers: member.accusers, words: member.suspectedBy }));
  showAccusations();
  drawArrows();
}

function zoneElement(zone) {
  return el(
    "section",
    { class: "zone" },
    el("h3", {}, el("bdi", {}, zone === "" ? "no zone" : zone), el("span", { class: "quiet count" }), el("span", { class: "tag cut", hidden: "" }, "cut off")),
    el("ul"),
  );
}

function updateZone(element, zone, members, cut, self) {
  const counts = members.reduce((sum, { state }) => sum.set(state, (sum.get(state) ?? 0) + 1), new Map());
  const words = Object.keys(MARKS).filter((state) => counts.has(state)).map((state) => `${counts.get(state)} ${state.toLowerCase()}`).join(", ");
  setText(element.querySelector(".count"), words);
  setAttribute(element.firstElementChild, "title", map.hasAttribute("data-narrow") ? visible(`${zone === "" ? "no zone" : zone}: ${words}`) : null);
  setHidden(element.querySelector(".cut"), !cut.has(zone));
  keyed(
    element.lastElementChild,
    members,
    (member) => member.nodeId,
    (member) => el("li", {}, memberElement(member)),
    (item, member) => updateMember(item.firstElementChild, member, self),
  );
}

function memberElement(member) {
  const button = el(
    "button",
    { type: "button", class: "member", tabindex: "-1", "data-id": member.nodeId },
    el("span", { class: "mark", "aria-hidden": "true" }),
    el("span", { class: "name" }, member.nodeId),
    " ",
    el("span", { class: "more" }),
  );
  buttons.set(member.nodeId, button);
  return button;
}

function updateMember(button, member, self) {
  buttons.set(member.nodeId, button);
  const zone = zoneOf(member);
  const service = member.service == null ? "no service" : `${member.service.id} ${statusOf(member) ?? ""}`.trim();
  const words = `${member.state.toLowerCase()}, ${service}`;
  const label = visible([
    member.nodeId,
    words,
    member.nodeId === self ? "this node" : null,
    zone === "" ? null : `zone ${zone}`,
    member.accusers.length > 0 ? `accused by ${member.accusers.join(" and ")}` : null,
    member.quarantinedUntil == null ? null : "in quarantine",
    member.dampedUntil == null ? null : "damped",
  ].filter((part) => part != null).join(", "));
  setAttribute(button, "data-state", member.state);
  setAttribute(button, "data-self", member.nodeId === self ? "" : null);
  setAttribute(button, "aria-label", label);
  setAttribute(button, "title", label);
  setText(button.children[0], MARKS[member.state] ?? "·");
  setText(button.children[2], words);
  haystacks.set(button, label.toLowerCase());
}

/** Shows only some of the members. */
export function find(text, states) {
  looked = { text: text.trim().toLowerCase(), states };
  filter();
  rove();
  drawArrows();
}

function filter() {
  let shown = 0;
  for (const zone of zones.children) {
    let here = 0;
    for (const item of zone.lastElementChild.children) {
      const button = item.firstElementChild;
      const fits = looked.states.has(button.dataset.state)
        && looked.text.split(/\s+/).every((word) => haystacks.get(button).includes(word));
      setHidden(item, !fits);
      here += fits ? 1 : 0;
    }
    setHidden(zone, here === 0);
    shown += here;
  }
  setText(byId("shown"), `${shown} of ${buttons.size} shown${more === 0 ? "" : `, and ${more} more that are not`}`);
}

function seen() {
  return [...zones.querySelectorAll("li:not([hidden]) > .member")].filter((button) => !button.closest(".zone").hidden);
}

/** One member can be reached with Tab, the others from it. */
function rove(to = null) {
  const current = zones.querySelector('.member[tabindex="0"]');
  const gone = current == null || current.parentElement.hidden;
  const next = to ?? (gone ? seen()[0] ?? null : current);
  if (next !== current) {
    if (current != null) {
      setAttribute(current, "tabindex", "-1");
    }
    if (next != null) {
      setAttribute(next, "tabindex", "0");
    }
  }
}

/** The element of a member; null if it is not on the map. */
export function buttonOf(id) {
  return buttons.get(id) ?? null;
}

/** The member that Tab reaches. */
export function tabStop() {
  return zones.querySelector('.member[tabindex="0"]');
}

map.addEventListener("keydown", (event) => {
  const from = event.target.closest(".member");
  if (from == null || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const all = seen();
  const to = target(event.key, from, all);
  if (to != null) {
    event.preventDefault();
    rove(to);
    to.focus();
  }
});

function target(key, from, all) {
  const index = all.indexOf(from);
  switch (key) {
    case "ArrowRight":
      return all[index + 1];
    case "ArrowLeft":
      return all[index - 1];
    case "Home":
      return all[0];
    case "End":
      return all[all.length - 1];
    case "ArrowDown":
      return below(from, all.slice(index + 1), 1);
    case "ArrowUp":
      return below(from, all.slice(0, index).reverse(), -1);
    default:
      return undefined;
  }
}

/** The nearest in the next row that there is in this direction. */
function below(from, candidates, direction) {
  const here = from.getBoundingClientRect();
  let row = null;
  let best = null;
  let distance = Infinity;
  for (const candidate of candidates) {
    const there = candidate.getBoundingClientRect();
    if ((there.top - here.top) * direction < here.height / 2) {
      continue;
    }
    row ??= there.top;
    if (Math.abs(there.top - row) > here.height / 2) {
      break;
    }
    if (Math.abs(there.left - here.left) < distance) {
      distance = Math.abs(there.left - here.left);
      best = candidate;
    }
  }
  return best;
}

for (const type of ["focusin", "mouseover"]) {
  map.addEventListener(type, (event) => {
    const button = event.target.closest(".member");
    if (button != null) {
      point(button);
    }
  });
}

function showAccusations() {
  setHidden(byId("accusations"), accusations.length === 0);
  const lines = accusations.slice(0, MAX_LINES).map(({ member, words }) => ({ who: member.nodeId, words: words.join("; ") }));
  keyed(
    byId("accused"),
    lines,
    ({ who }) => who,
    ({ who }) => el("li", {}, el("bdi", {}, who), " is accused – ", el("bdi")),
    (item, { words }) => setText(item.lastElementChild, words),
  );
  const notes = [
    accusations.length > MAX_LINES ? `And ${accusations.length - MAX_LINES} more are accused.` : null,
    tooMany() ? "There are too many accusations for arrows." : null,
  ];
  setText(byId("accused-note"), notes.filter((note) => note != null).join(" "));
}

function tooMany() {
  return accusations.reduce((sum, { accusers }) => sum + accusers.length, 0) > MAX_ARROWS;
}

/** Lines from who accuses to who is accused, where both are to be seen and they are not too many. */
function drawArrows() {
  const wanted = [];
  for (const { member, accusers } of accusations) {
    for (const accuser of accusers) {
      wanted.push([accuser, member.nodeId]);
    }
  }
  const pairs = tooMany() ? [] : wanted.filter((pair) => pair.every(isSeen));
  const origin = pairs.length === 0 ? null : map.getBoundingClientRect();
  const lines = pairs.map(([from, to]) => ({ from, to, a: box(from, origin), b: box(to, origin) })); // all is measured, then drawn
  keyed(
    arrows,
    lines,
    ({ from, to }) => `${from}\n${to}`,
    ({ from, to }) => svg("line", { "marker-end": "url(#head)", "data-from": from, "data-to": to }),
    (line, { a, b }) => {
      const start = edge(a, b);
      const end = edge(b, a);
      setAttribute(line, "x1", start.x.toFixed(1));
      setAttribute(line, "y1", start.y.toFixed(1));
      setAttribute(line, "x2", end.x.toFixed(1));
      setAttribute(line, "y2", end.y.toFixed(1));
    },
  );
}

function isSeen(id) {
  const button = buttons.get(id);
  return button !== undefined && !button.parentElement.hidden;
}

function box(id, origin) {
  const { left, top, width, height } = buttons.get(id).getBoundingClientRect();
  return { x: left + width / 2 - origin.left, y: top + height / 2 - origin.top, halfWidth: width / 2, halfHeight: height / 2 };
}

/** Where the line from the middle of one box to that of another leaves the first. */
function edge(box, other) {
  const dx = other.x - box.x;
  const dy = other.y - box.y;
  const share = Math.min(1, box.halfWidth / Math.abs(dx), box.halfHeight / Math.abs(dy));
  return { x: box.x + dx * share, y: box.y + dy * share };
}

/** Arrows from and to a member stand out while it is pointed at. */
function point(button) {
  setText(byId("pointed"), button.getAttribute("aria-label"));
  for (const line of arrows.children) {
    const near = line.dataset.from === button.dataset.id || line.dataset.to === button.dataset.id;
    setAttribute(line, "class", near ? "near" : null);
  }
}

new ResizeObserver(() => drawArrows()).observe(zones);
