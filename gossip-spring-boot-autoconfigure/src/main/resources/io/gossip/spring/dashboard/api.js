// What the page reads, with the rights of whoever looks at it. What the application does not know it
// leaves out, so that "== null" asks for that everywhere.

export const MEMBERS = 1000;
export const EVENTS = 200;
const PATIENCE_MILLIS = 10000;
/** Between attempts to open a stream that was refused: the first wait, and the longest. */
const RETRY_MILLIS = 5000;
const MAX_RETRY_MILLIS = 60000;
/** A stream is ended after five minutes; one that is not has died unnoticed, as while the computer slept. */
const LIFE_MILLIS = 360000;

const place = document.body.dataset;

/** Why something could not be read, in a sentence for the page. */
export class Problem extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }

  /** Whether to ask again soon would make the browser ask for a password again. */
  get wantsLogin() {
    return this.status === 401;
  }
}

export function readCluster() {
  return read(`${place.gossip}?limit=${MEMBERS}`, "the members");
}

/** One member with its trail; asked for beside the path, in which not every name gets through. */
export async function readMember(id) {
  const { members } = await read(`${place.gossip}?member=${encodeURIComponent(id)}`, "this member");
  if (members.length === 0) {
    throw new Problem(404, "The node does not know this member any more.");
  }
  return members[0];
}

/** The latest events, of those later than a sequence number. */
export function readEvents(after) {
  return read(`${place.events}?limit=${EVENTS}&after=${after}`, "the timeline");
}

async function read(url, what) {
  let response;
  try {
    response = await fetch(url, {
      headers: { Accept: "application/json" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
  } catch {
    throw silence();
  }
  if (!response.ok) {
    throw new Problem(response.type === "opaqueredirect" ? 401 : response.status, sentence(response, what));
  }
  try {
    return await response.json();
  } catch (e) {
    throw e instanceof SyntaxError ? new Problem(0, `The application answered with something else than ${what}.`) : silence();
  }
}

function silence() {
  return new Problem(0, "The application does not answer.");
}

function sentence(response, what) {
  if (response.type === "opaqueredirect" || response.status === 401) {
    return `Sign in to the application to read ${what}.`;
  }
  switch (response.status) {
    case 403:
      return `You may not read ${what}: the access rules of the application say so (403).`;
    case 404:
      return `There is nothing to read of ${what} (404): the node does not run, or the endpoint is not exposed.`;
    default:
      return `The application could not tell ${what} (${response.status}).`;
  }
}

/** Listens for changes: the stream says that there are some, and not which. */
export class Signals {
  constructor(changed, state) {
    this.changed = changed;
    this.state = state;
    this.source = null;
    this.retry = null;
    this.life = null;
    this.wait = RETRY_MILLIS;
  }

  open() {
    if (this.source != null) {
      return;
    }
    const source = new EventSource(place.signals);
    this.source = source;
    source.addEventListener("open", () => {
      this.wait = RETRY_MILLIS;
      clearTimeout(this.life);
      this.life = setTimeout(() => this.renew(), LIFE_MILLIS);
      this.state(true);
    });
    source.addEventListener("view", () => this.changed());
    source.addEventListener("error", () => {
      this.state(false);
      if (source.readyState === EventSource.CLOSED) { // refused: the browser does not try again
        this.close();
        this.retry = setTimeout(() => this.open(), this.wait);
        this.wait = Math.min(2 * this.wait, MAX_RETRY_MILLIS);
      }
    });
  }

  /** Opens the stream anew, if it is open: it may be one that nobody answers any more. */
  renew() {
    if (this.source != null) {
      this.close();
      this.open();
    }
  }

  close() {
    clearTimeout(this.retry);
    clearTimeout(this.life);
    this.source?.close();
    this.source = null;
  }
}
