// What has happened, newest first: told by the node, or else seen by this page.

import { byId, el, keyed, setAttribute, setText } from "./dom.js";
import { EVENTS, Problem, readEvents } from "./api.js";
import { clock, day, moment } from "./words.js";

const ASK_AGAIN_MILLIS = 30000;

const WORDS = {
  JOINED: "joined",
  UPDATED: "changed its state",
  RESTARTED: "was restarted",
  SUSPECTED: "is suspected",
  RECOVERED: "recovered",
  FAILED: "failed",
  LEFT: "left",
  FORGOTTEN: "is forgotten",
  ZONE_UNREACHABLE: "is cut off",
  ZONE_REACHABLE: "answers again",
  ISOLATED: "hears nobody",
  CONNECTED: "hears others again",
  CONFLICT: "is there twice",
};

/** Types that say something of a zone rather than of a member. */
const OF_ZONES = new Set(["ZONE_UNREACHABLE", "ZONE_REACHABLE"]);

export class Timeline {
  constructor() {
    this.entries = [];
    this.told = false;
    this.notBefore = 0;
    this.own = 0;
  }

  /** Reads what is new, where the node tells it. */
  async read() {
    if (performance.now() < this.notBefore) {
      return;
    }
    try {
      await this.readNews();
      this.told = true;
      setText(byId("timeline-source"), this.entries.length === 0 ? "Nothing yet." : "");
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      this.told = false;
      this.notBefore = performance.now() + ASK_AGAIN_MILLIS;
      setText(
        byId("timeline-source"),
        problem.status === 404
          ? "What this page has seen since it was opened; expose the endpoint gossipevents for what the node has seen."
          : `${problem.message} This is what the page has seen by itself.`,
      );
    }
    this.show();
  }

  /**
   * Reads on from the latest entry. This one is read again: where it is not there any more, or is
   * another, numbers began anew with another process, or too much has happened since.
   */
  async readNews() {
    const latest = this.told ? this.entries[0] : undefined;
    const { events } = await readEvents(latest === undefined ? 0 : latest.sequence - 1);
    const told = events.map((event) => ({ ...event, key: `${event.sequence} ${event.at}` }));
    const known = told.at(-1);
    if (latest === undefined) {
      this.entries = told; // the node knows better than this page
    } else if (known?.key === latest.key && known.type === latest.type && known.member === latest.member) {
      this.entries = [...told.slice(0, -1), ...this.entries].slice(0, EVENTS);
    } else {
      this.told = false;
      await this.readNews();
    }
  }

  /** Adds what the page has found out by itself, unless the node tells it. */
  seen(changes) {
    if (this.told || changes.length === 0) {
      return;
    }
    const at = new Date().toISOString();
    const own = changes.map((change) => ({ at, reason: null, by: null, key: `page ${++this.own}`, ...change }));
    this.entries = [...own.reverse(), ...this.entries].slice(0, EVENTS);
    this.show();
  }

  show() {
    keyed(byId("timeline"), this.entries, (entry) => entry.key, entryElement, (element, entry) => showDay(element, entry, this.entries[0]));
  }
}

/** Of another day than the latest, an entry says which. */
function showDay(element, entry, latest) {
  const its = day(entry.at);
  setAttribute(element.firstElementChild, "data-day", its === day(latest.at) ? null : its);
}

function entryElement(entry) {
  const zone = OF_ZONES.has(entry.type);
  const subject = zone || !entry.member
    ? el("strong", {}, zone ? `zone ${entry.zone ?? "without a name"}` : "this node")
    : el("button", { type: "button", class: "plain", "data-member": entry.member }, entry.member);
  const by = entry.by == null || entry.by.length === 0 ? null : el("span", { class: "quiet" }, " by ", el("bdi", {}, entry.by.join(", ")));
  return el(
    "li",
    { "data-type": entry.type },
    el("time", { datetime: entry.at, title: moment(entry.at) }, clock(entry.at)),
    el("span", {}, subject, ` ${WORDS[entry.type] ?? entry.type}`, by, entry.reason ? el("span", { class: "reason" }, entry.reason) : null),
  );
}

const TYPES = { ALIVE: "RECOVERED", SUSPECT: "SUSPECTED", DEAD: "FAILED", LEFT: "LEFT" };

/** What has changed from one reading to the next, in the words of the timeline. */
export function compare(before, now) {
  if (before == null || before.cluster !== now.cluster || before.self !== now.self) {
    return [];
  }
  const [was, is] = [before, now].map(({ members, self }) => members.find((member) => member.nodeId === self)?.generation);
  if (was !== is && was !== undefined && is !== undefined) { // a new process has yet to hear of the others
    return [{ type: "RESTARTED", member: now.self, zone: null }];
  }
  const changes = [];
  const old = new Map(before.members.map((member) => [member.nodeId, member]));
  for (const member of now.members) {
    const was = old.get(member.nodeId);
    old.delete(member.nodeId);
    const type = typeOf(was, member);
    if (type != null) {
      changes.push({ type, member: member.nodeId, zone: member.zone ?? null, reason: member.suspectedBy.join("; ") || null });
    }
  }
  if (now.omitted.members === 0 && before.omitted.members === 0) {
    for (const id of old.keys()) {
      changes.push({ type: "FORGOTTEN", member: id, zone: null });
    }
  }
  for (const zone of now.unreachableZones.filter((each) => !before.unreachableZones.includes(each))) {
    changes.push({ type: "ZONE_UNREACHABLE", member: null, zone });
  }
  for (const zone of before.unreachableZones.filter((each) => !now.unreachableZones.includes(each))) {
    changes.push({ type: "ZONE_REACHABLE", member: null, zone });
  }
  return changes;
}

function typeOf(was, member) {
  if (was === undefined) {
    return member.state === "ALIVE" ? "JOINED" : TYPES[member.state] ?? null;
  }
  if (was.generation !== member.generation) {
    return "RESTARTED";
  }
  return was.state === member.state ? null : TYPES[member.state] ?? null;
}

/** A few changes as one sentence, for those who hear the page. */
export function spoken(changes) {
  const first = changes.slice(0, 3).map((change) => `${change.member ?? `zone ${change.zone}`} ${WORDS[change.type]}`);
  return first.join(", ") + (changes.length > first.length ? `, and ${changes.length - first.length} more changes` : "");
}
