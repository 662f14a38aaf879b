// state.js: what is being looked at. The whole of it stands in the address, so that a link reopens it and Back works.

const NOTHING = -1;
const OPEN_MOST = 12; // discs of a big graph that are open at once

function startState() {
  return {
    node: NOTHING,
    edge: NOTHING,
    path: NOTHING,
    hops: 0,
    only: false,
    off: new Set(),
    relationsOff: new Set(),
    topic: NOTHING,
    list: NOTHING,
    confidence: 0,
    dim: false,
    tab: "graph",
    rows: "nodes",
    filter: "",
    view: null,
    asking: false,
    query: "", // the SPARQL that was asked last
    found: [], // the nodes that its answer names; not in the address, which has the query
    open: [], // nodes of a big graph whose discs were opened, the latest last
  };
}

/** Keeps the state, tells everyone who listens what changed, and mirrors it in the address. */
class Store {
  constructor(atlas) {
    this.atlas = atlas;
    this.state = startState();
    this.listeners = [];
    window.addEventListener("hashchange", () => this.readAddress());
    window.addEventListener("popstate", () => this.readAddress());
  }

  /** Calls `listener(state, before, gone)` after each change; `gone` says that it came from the address (Back, a link). */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** Changes some of the state. A `step` is something that Back should undo; other changes only rewrite the address. */
  set(change, step = false) {
    const before = this.state;
    this.state = { ...before, ...change };
    this.writeAddress(step);
    for (const listener of this.listeners) listener(this.state, before);
  }

  select(node) {
    const { only, hops } = this.state;
    this.set(
      {
        node,
        edge: NOTHING,
        path: NOTHING,
        only: node >= 0 && only,
        hops: node >= 0 ? hops : 0,
        open: this.opened(this.state.open, node),
      },
      true,
    );
  }

  /** What is open once a node is looked at: in a big graph, its disc too. */
  opened(open, node) {
    const holder = this.atlas.isBig() && node >= 0 ? this.atlas.holder(node) : NOTHING;
    return holder < 0 || open.includes(holder) ? open : [...open, holder].slice(-OPEN_MOST);
  }

  selectEdge(edge) {
    this.set({ edge, node: NOTHING, path: NOTHING, only: false, hops: 0 }, true);
  }

  reset() {
    const { tab, rows, asking } = this.state;
    this.set({ ...startState(), tab, rows, asking }, true);
  }

  writeAddress(step) {
    const hash = this.encode();
    if (hash === location.hash.replace(/^#/, "")) return;
    try {
      history[step ? "pushState" : "replaceState"](null, "", `#${hash}`);
    } catch (error) {
      // A page inside a frame's srcdoc has no address of its own: the view works, it just cannot be linked to.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  readAddress() {
    const hash = location.hash.replace(/^#/, "");
    if (hash === this.encode()) return;
    const before = this.state;
    this.state = this.decode(hash);
    if (this.state.query === before.query) this.state.found = before.found;
    for (const listener of this.listeners) listener(this.state, before, true);
  }

  encode() {
    const { atlas, state } = this;
    const parts = [];
    const put = (name, value) =>
      parts.push(`${name}=${encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%3A", ":")}`);
    if (state.node >= 0) put("node", atlas.key(state.node));
    if (state.edge >= 0) {
      const object = atlas.object[state.edge];
      put(
        "edge",
        [
          atlas.key(atlas.subject[state.edge]),
          atlas.relations[atlas.relation[state.edge]].name,
          object >= 0 ? atlas.key(object) : atlas.objectText(state.edge),
        ].join(" "),
      );
    }
    if (state.path >= 0) put("path", atlas.key(state.path));
    if (state.hops) put("hops", state.hops);
    if (state.only) put("only", 1);
    if (state.off.size)
      put(
        "hide",
        [...state.off]
          .map((k) => atlas.kinds[k].name)
          .sort()
          .join(" "),
      );
    if (state.relationsOff.size)
      put(
        "without",
        [...state.relationsOff]
          .map((r) => atlas.relations[r].name)
          .sort()
          .join(" "),
      );
    if (state.topic >= 0) put("topic", atlas.key(state.topic));
    if (state.list >= 0) put("list", atlas.lists[state.list].source);
    if (state.confidence) put("confidence", state.confidence);
    if (state.dim) put("dim", 1);
    if (state.tab !== "graph") put("tab", state.tab);
    if (state.rows !== "nodes") put("rows", state.rows);
    if (state.filter) put("filter", state.filter);
    if (state.asking) put("ask", 1);
    if (state.query) put("query", state.query);
    if (state.open.length) put("open", state.open.map((i) => atlas.key(i)).join(" "));
    if (state.view) put("view", state.view.join(","));
    return parts.join("&");
  }

  /** Reads a state from an address; what is unknown there (an older build's link) is left out. */
  decode(hash) {
    const { atlas } = this;
    const state = startState();
    const given = new URLSearchParams(hash.replaceAll("+", "%2B"));
    const number = (name, most) => Math.min(most, Math.max(0, Number.parseInt(given.get(name) ?? "0", 10) || 0));
    const node = (name) => (given.has(name) ? atlas.find(given.get(name)) : NOTHING);
    const numbers = (name, all) =>
      new Set(
        (given.get(name) ?? "")
          .split(" ")
          .map((n) => all.findIndex((item) => item.name === n))
          .filter((i) => i >= 0),
      );
    Object.assign(state, {
      node: node("node"),
      path: node("path"),
      topic: node("topic"),
      hops: number("hops", 2),
      only: given.has("only"),
      off: numbers("hide", atlas.kinds),
      relationsOff: numbers("without", atlas.relations),
      confidence: number("confidence", 100),
      list: atlas.lists.findIndex((list) => list.source === given.get("list")),
      dim: given.has("dim"),
      tab: given.get("tab") === "table" ? "table" : "graph",
      rows: given.get("rows") === "edges" ? "edges" : "nodes",
      filter: given.get("filter") ?? "",
      edge: this.decodeEdge(given.get("edge")),
      asking: given.has("ask"),
      query: given.get("query") ?? "",
    });
    state.open = (given.get("open") ?? "")
      .split(" ")
      .map((key) => atlas.find(key))
      .filter((i) => i >= 0 && atlas.discOf[i] >= 0);
    state.open = this.opened(state.open, state.node);
    const view = (given.get("view") ?? "").split(",").map(Number);
    if (view.length === 3 && view.every(Number.isFinite) && view[2] > 0) state.view = view;
    return state;
  }

  decodeEdge(text) {
    if (!text) return NOTHING;
    const { atlas } = this;
    const [subject, name, ...rest] = text.split(" ");
    const node = atlas.find(subject);
    if (node < 0) return NOTHING;
    const object = rest.join(" ");
    const same = (fact) =>
      atlas.object[fact] >= 0 ? atlas.key(atlas.object[fact]) === object : atlas.objectText(fact) === object;
    return (
      atlas
        .factsOf(node)
        .find((f) => atlas.subject[f] === node && atlas.relations[atlas.relation[f]].name === name && same(f)) ??
      NOTHING
    );
  }
}
