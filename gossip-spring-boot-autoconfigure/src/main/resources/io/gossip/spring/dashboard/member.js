// One member: its record, its service, and what spoke for and against it.

import { byId, el, facts, keyed, setAttribute, setHidden, setText } from "./dom.js";
import { readMember } from "./api.js";
import { buttonOf, tabStop } from "./map.js";

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

const parts = {
  accusers: part("Accused by", accusers),
  trail: part("Evidence", noTrail, trail),
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

export function closeMember() {
  if (shown == null) {
    return;
  }
  const back = opener?.isConnected ? opener : buttonOf(shown) ?? tabStop();
  shown = null;
  opener = null;
  panel.hidden = true;
  back?.focus();
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
      setText(problem, e.status === 404 ? "The node does not know this member any more." : e.message);
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
    ["since", when(member.since)],
    ["last heard", when(member.lastSeen)],
    ["round trip", millis(member.rttMillis)],
    ["address", member.address],
    ["local health score", member.localHealthScore],
    ["started", when(member.generation)],
    ["incarnation", member.incarnation],
    ["keys", member.keys.join(", ")],
    ["flap score", member.flapScore],
    ["damped until", when(member.dampedUntil)],
    ["in quarantine until", when(member.quarantinedUntil)],
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
      ["zone", offered.zone],
      ["version", offered.version],
      ["weight", offered.weight],
      ["ports", Object.entries(offered.ports).map(([name, port]) => `${name} ${port}`).join(", ")],
    ]);
    facts(metadata, Object.entries(offered.metadata));
  }
}

function showTrail(entries) {
  setText(noTrail, entries.length === 0 ? "Nothing has spoken against it." : "");
  keyed(
    trail,
    entries.map((entry, index) => ({ entry, key: `${index} ${entry.step} ${entry.by} ${entry.evidence} ${entry.detail}` })),
    ({ key }) => key,
    ({ entry }) => entryElement(entry),
    (element, { entry }) => setTime(element.firstElementChild, entry.at),
  );
}

/** The same moment is told with other fractions of a second each time. */
function setTime(element, at) {
  setText(element, new Date(at).toLocaleTimeString());
  setAttribute(element, "title", new Date(at).toLocaleString());
}

function entryElement(entry) {
  const figures = [
    entry.accuserHealth == null ? null : `health of ${entry.by} ${entry.accuserHealth}`,
    entry.memberHealth == null ? null : `its own ${entry.memberHealth}`,
    entry.rttMillis == null ? null : `round trip ${millis(entry.rttMillis)}`,
    entry.timerMillis == null ? null : `suspicion of ${millis(entry.timerMillis)}`,
  ].filter((text) => text != null).join(", ");
  return el(
    "li",
    { "data-step": entry.step },
    el("time"),
    el(
      "span",
      {},
      el("strong", {}, STEPS[entry.step] ?? entry.step),
      ` by ${entry.by}`,
      entry.evidence == null ? null : el("span", { class: "tag" }, entry.evidence.toLowerCase().replaceAll("_", " ")),
      entry.detail === "" ? null : el("span", { class: "reason" }, entry.detail),
      figures === "" ? null : el("span", { class: "quiet figures" }, figures),
    ),
  );
}

function when(instant) {
  return instant == null ? null : new Date(instant).toLocaleString();
}

function millis(value) {
  return value == null ? null : value < 10 ? `${value.toFixed(2)} ms` : value < 10000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

close.addEventListener("click", closeMember);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && shown != null) {
    event.preventDefault();
    closeMember();
  }
});
