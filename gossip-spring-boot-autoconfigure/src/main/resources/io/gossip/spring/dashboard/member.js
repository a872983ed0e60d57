// One member: its record, its service, and what spoke for and against it.

import { byId, el, facts, keyed, setAttribute, setHidden, setText } from "./dom.js";
import { readMember } from "./api.js";
import { buttonOf, tabStop } from "./map.js";
import { clock, moment, span } from "./words.js";

const STEPS = {
  PROBE_FAILED: "a probe failed",
  LINK_LOST: "the watch link broke",
  CALL_FAILED: "a call failed",
  ACCUSED: "accused",
  PUT_OFF: "the verdict was put off",
  LAST_LOOK_FAILED: "the last look failed",
  REFUTED: "refuted",
  DEAD: "declared dead",
  RETURNED: "came back",
  RESTARTED: "restarted",
};

/** Steps whose time is that of a probe, and not that of a suspicion. */
const PROBES = new Set(["PROBE_FAILED", "LAST_LOOK_FAILED"]);

const panel = byId("member");
const title = el("h2", { id: "member-title", tabindex: "-1" });
const close = el("button", { type: "button", id: "member-close" }, "Close");
const problem = el("p", { class: "problem", hidden: "" });
const record = el("dl", { class: "facts" });
const service = el("dl", { class: "facts" });
const metadata = el("dl", { class: "facts" });
const accusers = el("ul");
const trail = el("ol", { class: "trail" });
const noTrail = el("p", { class: "quiet" });
const scale = el("p", { class: "quiet scale" }, "Local health is how well a node itself keeps up; 0 is good.");

const parts = {
  accusers: part("Accused by", accusers),
  trail: part("Evidence", noTrail, trail, scale),
  record: part("Record", record),
  service: part("Service", service),
  metadata: part("Metadata", metadata),
};

panel.append(el("div", { class: "bar" }, title, close), problem, ...Object.values(parts));

function part(name, ...content) {
  return el("section", {}, el("h3", {}, name), ...content);
}

let shown = null;
let opener = null;

/** The name of the member that is shown; null if none is. */
export function shownMember() {
  return shown;
}

/** Opens the panel with what the list knows; the rest follows. */
export function openMember(id, cluster, from) {
  shown = id;
  opener = from;
  keyed(trail, [], () => "", null, null);
  setHidden(scale, true);
  setText(noTrail, "…");
  setHidden(problem, true);
  const listed = cluster?.members.find((member) => member.nodeId === id);
  setText(title, id);
  if (listed !== undefined) {
    show(listed);
  } else {
    Object.values(parts).forEach((each) => setHidden(each, true));
  }
  panel.hidden = false;
  title.focus();
  return refreshMember();
}

/** Closes the panel; the focus goes back to where it came from, unless it has left the panel already. */
export function closeMember() {
  if (shown == null) {
    return;
  }
  const back = opener?.isConnected ? opener : buttonOf(shown) ?? tabStop();
  const within = document.activeElement === document.body || panel.contains(document.activeElement);
  shown = null;
  opener = null;
  panel.hidden = true;
  if (within) {
    back?.focus();
  }
}

/** Reads the member that is shown again. */
export async function refreshMember() {
  const id = shown;
  if (id == null) {
    return;
  }
  try {
    const member = await readMember(id);
    if (id === shown) {
      setHidden(problem, true);
      show(member);
      if (member.trail == null) {
        setText(noTrail, "The node does not tell it now.");
      }
    }
  } catch (e) {
    if (id === shown) {
      setText(problem, e.message);
      setHidden(problem, false);
      setText(noTrail, "");
    }
  }
}

function show(member) {
  setText(title, member.nodeId);
  setAttribute(panel, "data-state", member.state);
  facts(record, [
    ["state", member.state.toLowerCase()],
    ["since", moment(member.since)],
    ["last heard", moment(member.lastSeen)],
    ["round trip", span(member.rttMillis)],
    ["address", member.address],
    ["zone", member.zone],
    ["local health score", member.localHealthScore],
    ["started", moment(member.generation)],
    ["incarnation", member.incarnation],
    ["keys", member.keys.join(", ")],
    ["flap score", member.flapScore],
    ["damped until", moment(member.dampedUntil)],
    ["in quarantine until", moment(member.quarantinedUntil)],
  ]);
  setHidden(parts.record, false);
  showService(member);
  setHidden(parts.accusers, member.suspectedBy.length === 0);
  keyed(accusers, member.suspectedBy, (words) => words, (words) => el("li", {}, words), () => {});
  setHidden(parts.trail, false);
  if (member.trail != null) {
    showTrail(member.trail);
  }
}

function showService(member) {
  const offered = member.service;
  setHidden(parts.service, offered == null);
  setHidden(parts.metadata, offered == null || Object.keys(offered.metadata).length === 0);
  if (offered != null) {
    facts(service, [
      ["service", offered.id],
      ["instance", offered.instanceId],
      ["status", member.status],
      ["calls go to", offered.uri],
      ["version", offered.version],
      ["weight", offered.weight],
      ["ports", Object.entries(offered.ports).map(([name, port]) => `${name} ${port}`).join(", ")],
    ]);
    facts(metadata, Object.entries(offered.metadata));
  }
}

function showTrail(entries) {
  setText(noTrail, entries.length === 0 ? "Nothing has spoken against it." : "");
  setHidden(scale, !entries.some((entry) => entry.accuserHealth != null || entry.memberHealth != null));
  keyed(
    trail,
    numbered(entries),
    ({ key }) => key,
    ({ entry }) => entryElement(entry),
    (element, { entry }) => setTime(element.firstElementChild, entry.at),
  );
}

/** Entries with what tells them apart: equal ones are counted, as the oldest of them may go. */
function numbered(entries) {
  const seen = new Map();
  return entries.map((entry) => {
    const text = JSON.stringify({ ...entry, at: undefined });
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { entry, key: `${count} ${text}` };
  });
}

/** The same moment is told with other fractions of a second each time. */
function setTime(element, at) {
  setText(element, clock(at));
  setAttribute(element, "title", moment(at));
}

/** The scores of who spoke and of the member, each with its name; null if neither is known. */
function healths({ by, accuserHealth, memberHealth }, member) {
  const scores = new Map([[by, accuserHealth], [member, memberHealth]]);
  const known = [...scores].filter(([, score]) => score != null);
  return known.length === 0 ? null : `local health: ${known.map(([name, score]) => `${name} ${score}`).join(", ")}`;
}

function entryElement(entry) {
  const figures = [
    entry.timerMillis == null ? null : `${PROBES.has(entry.step) ? "the probe lasted" : "suspicion of"} ${span(entry.timerMillis)}`,
    entry.rttMillis == null ? null : `round trip ${span(entry.rttMillis)}`,
    healths(entry, shown),
  ].filter((text) => text != null).join(" · ");
  return el(
    "li",
    { "data-step": entry.step },
    el("time"),
    el(
      "span",
      {},
      el("strong", {}, STEPS[entry.step] ?? entry.step),
      " by ",
      el("bdi", {}, entry.by),
      entry.evidence == null ? null : el("span", { class: "tag" }, entry.evidence.toLowerCase().replaceAll("_", " ")),
      entry.detail === "" ? null : el("span", { class: "reason" }, entry.detail),
      figures === "" ? null : el("span", { class: "quiet figures" }, figures),
    ),
  );
}

close.addEventListener("click", closeMember);
document.addEventListener("focusin", ({ target }) => { // what has the focus is to be seen
  if (shown != null && !panel.contains(target) && target.getBoundingClientRect().left >= panel.getBoundingClientRect().left) {
    closeMember();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown != null) {
    event.preventDefault();
    closeMember();
  }
});
