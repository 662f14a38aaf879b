// details.js: what is known of the selected node or edge, in words, and who says so.

const ROWS_MOST = 40; // of a group of edges, so many are shown at first

class Details {
  constructor(atlas, store, scope, index) {
    Object.assign(this, { atlas, store, scope, index });
    this.box = document.getElementById("details");
    this.shown = "";
  }

  show(state) {
    const { node, edge, path, hops, only, off, relationsOff, confidence } = state;
    const now = JSON.stringify([
      node,
      edge,
      path,
      hops,
      only,
      [...off],
      [...relationsOff],
      confidence,
      !this.atlas.more,
    ]);
    if (now === this.shown) return;
    this.shown = now;
    this.box.replaceChildren(...(node >= 0 ? this.node(state) : edge >= 0 ? this.edge(edge) : this.overview()));
    this.box.scrollTop = 0;
  }

  overview() {
    const { atlas } = this;
    const stat = make("dl", { class: "stat" });
    for (const [n, text] of [
      [atlas.count, "things"],
      [atlas.facts, "facts"],
      [atlas.lists.length, atlas.lists.length === 1 ? "list" : "lists"],
    ]) {
      stat.append(make("dt", {}, n.toLocaleString("en")), make("dd", {}, text));
    }
    const important = make("ul", { class: "facts" });
    let left = 12;
    for (let i = 0; i < atlas.count && left; i++) {
      if (!atlas.isTopic(i)) {
        important.append(make("li", {}, this.thing(i)));
        left--;
      }
    }
    return [
      make("h2", {}, shorten(atlas.title, 200)),
      stat,
      make(
        "p",
        { class: "soft" },
        "Choose a mark or a disc in the picture, or search. Scroll to zoom: more names appear.",
      ),
      make("h3", {}, "Most connected"),
      important,
      make("h3", {}, "Keys"),
      make(
        "p",
        { class: "soft" },
        make("kbd", {}, "/"),
        " search · ",
        make("kbd", {}, "←↑↓→"),
        " go on · ",
        make("kbd", {}, "+ −"),
        " zoom · ",
        make("kbd", {}, "0"),
        " all · ",
        make("kbd", {}, "Esc"),
        " let go",
      ),
    ];
  }

  badge(node) {
    const kind = this.atlas.kinds[this.atlas.kind[node]];
    return make("span", { class: "badge" }, glyph(kind), kind.label);
  }

  /** A node's name as a button that goes to it. */
  thing(node, most = 120) {
    const kind = this.atlas.kinds[this.atlas.kind[node]];
    const button = make(
      "button",
      { type: "button", class: "thing", dir: "auto" },
      shorten(this.atlas.labels[node], most),
    );
    button.addEventListener("click", () => this.store.select(node));
    return make("span", { class: "fact" }, glyph(kind), button);
  }

  node(state) {
    const { atlas } = this;
    const { node } = state;
    const parts = [this.badge(node), make("h2", { dir: "auto" }, shorten(atlas.labels[node], 600))];
    const aliases = atlas.aliases[node];
    if (aliases)
      parts.push(
        make("p", { class: "soft", dir: "auto" }, "Also: " + aliases.map((name) => shorten(name, 80)).join(", ")),
      );
    if (atlas.more) parts.push(...this.told(node));
    parts.push(this.around(state), this.pathBox(state));
    parts.push(...this.groups(node));
    return parts;
  }

  /** The description, the links and the places in the lists. */
  told(node) {
    const { atlas } = this;
    const parts = [];
    const description = atlas.more.description[node];
    if (description) parts.push(make("p", { class: "lead", dir: "auto" }, shorten(description, 1200)));
    const urls = atlas.urls(node);
    if (urls.length) {
      const links = make("ul", { class: "facts" });
      for (const url of urls.slice(0, 12))
        links.append(
          make("li", {}, safeLink(url, shorten(url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, ""), 70))),
        );
      parts.push(links);
    }
    const listed = atlas.more.listed[node];
    if (listed.length) {
      const places = make("p", { class: "soft" }, "Listed in ");
      for (let i = 0; i < Math.min(listed.length, 16); i += 2)
        places.append(i ? ", " : "", this.place(listed[i], listed[i + 1]));
      parts.push(places);
    }
    return parts;
  }

  /** A line of a list, as a link where the list has an address. */
  place(list, line) {
    const source = this.atlas.lists[list];
    if (!source) return make("span", {}, "the rules of the ontology");
    const text = `${shorten(source.source.replace(/^.*\//, ""), 60)}, line ${line}`;
    return /^https?:/.test(source.source) ? safeLink(`${source.source}#L${line}`, text) : make("span", {}, text);
  }

  around(state) {
    const row = make("div", { class: "row", role: "group", "aria-label": "Neighbourhood" });
    const toggle = (text, pressed, change) => {
      const button = make("button", { type: "button", "aria-pressed": String(pressed) }, text);
      button.addEventListener("click", () => this.store.set(change, true));
      row.append(button);
    };
    toggle("1 hop", state.hops < 2, { hops: 0 });
    toggle("2 hops", state.hops === 2, { hops: 2 });
    toggle("Only this", state.only, { only: !state.only });
    return row;
  }

  pathBox(state) {
    const { atlas } = this;
    const input = make("input", {
      type: "text",
      role: "combobox",
      "aria-label": "Path to",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "path-results",
      placeholder: "Path to …",
      autocomplete: "off",
      spellcheck: "false",
    });
    const results = make("div", {
      id: "path-results",
      class: "results",
      role: "listbox",
      "aria-label": "Path results",
      hidden: true,
    });
    makeChooser(atlas, this.index, input, results, (path) => this.store.set({ path, edge: NOTHING }, true));
    const box = make("div", { class: "path" }, input, results);
    if (state.path < 0) return box;
    input.value = atlas.labels[state.path];
    const way = state.path === state.node ? [] : shortestPath(atlas, this.scope, state, state.node, state.path);
    if (!way) box.append(make("p", { class: "soft" }, "No way leads there through what is shown."));
    else box.append(this.way(state.node, way));
    const away = make("button", { type: "button" }, "Forget the path");
    away.addEventListener("click", () => this.store.set({ path: NOTHING }, true));
    box.append(away);
    return box;
  }

  /** A path, read downwards: node, what joins it to the next, node. */
  way(from, facts) {
    const list = make("ol", { class: "way", "aria-label": "Path" }, make("li", {}, this.thing(from)));
    let node = from;
    for (const fact of facts) {
      const relation = this.atlas.relations[this.atlas.relation[fact]];
      const forward = this.atlas.subject[fact] === node;
      node = this.atlas.other(fact, node);
      const words = forward ? relation.words : relation.inverse || `← ${relation.words}`;
      const step = make("li", { class: "step" }, words + " ");
      step.append(...this.why(fact));
      list.append(step, make("li", {}, this.thing(node)));
    }
    return list;
  }

  /** The node's facts, grouped by the words that lead from it to the other end; typed relations first. */
  groups(node) {
    const { atlas } = this;
    const groups = new Map();
    for (const fact of atlas.factsOf(node)) {
      if (!this.scope.allows(fact, this.store.state)) continue;
      const relation = atlas.relations[atlas.relation[fact]];
      const forward = atlas.subject[fact] === node;
      const words = forward ? relation.words : relation.inverse || `is what others ${relation.words}`;
      const end = forward ? atlas.object[fact] : atlas.subject[fact];
      if (!groups.has(words)) groups.set(words, { rank: this.rank(fact, forward), rows: new Map() });
      const { rows } = groups.get(words);
      if (!rows.has(end)) rows.set(end, fact); // "works with" may be said both ways round
    }
    return [...groups].sort(([, a], [, b]) => a.rank - b.rank).flatMap(([words, { rows }]) => this.group(words, rows));
  }

  /** Where a group of facts stands in the panel; links and dates come last. */
  rank(fact, forward) {
    const relation = this.atlas.relation[fact];
    const line =
      this.atlas.object[fact] < 0
        ? 9
        : ["technical", "people", "subject", "member"].indexOf(this.atlas.relations[relation].line);
    return line * 1000 + (forward ? 0 : 500) + relation;
  }

  group(words, rows) {
    const facts = [...rows].sort(([a], [b]) => a - b);
    const list = make("ul", { class: "facts" });
    const add = (some) => some.forEach(([end, fact]) => list.append(this.factRow(fact, end)));
    add(facts.slice(0, ROWS_MOST));
    if (facts.length <= ROWS_MOST) return [make("h3", {}, words), list];
    const rest = make("button", { type: "button" }, `Show all ${facts.length}`);
    rest.addEventListener("click", () => {
      rest.remove();
      add(facts.slice(ROWS_MOST));
    });
    return [make("h3", {}, `${words} (${facts.length})`), list, rest];
  }

  factRow(fact, end) {
    const text =
      end >= 0
        ? this.thing(end)
        : make(
            "span",
            { class: "fact" },
            safeLink(this.atlas.objectText(fact), shorten(this.atlas.objectText(fact), 90)),
          );
    const [button, box] = this.why(fact);
    text.append(button);
    return make("li", {}, text, box);
  }

  /** The button "Evidence" of a fact, and the place where the evidence opens. */
  why(fact) {
    const box = make("div", { hidden: true });
    const button = make(
      "button",
      { type: "button", class: "why", "aria-expanded": "false", title: this.atlas.sentence(fact).slice(0, 300) },
      "Evidence",
    );
    button.addEventListener("click", () => {
      const open = box.hidden;
      if (open) box.replaceChildren(...this.readings(fact));
      box.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    });
    return [button, box];
  }

  readings(fact) {
    if (!this.atlas.more) return [make("p", { class: "soft" }, "Reading …")];
    return this.atlas.evidence(fact).map((reading) => {
      const said = make("figure", { class: "evidence" });
      if (reading.quote) said.append(make("blockquote", { dir: "auto" }, ...this.marked(reading.quote, fact)));
      said.append(
        make(
          "p",
          { class: "soft" },
          this.place(reading.list, reading.line),
          ` · ${this.atlas.lists[reading.list] ? "read" : "follows"} by “${reading.rule}” · ${reading.confidence} % sure`,
        ),
      );
      return said;
    });
  }

  /** A quote with the names of the fact's two ends marked in it. */
  marked(quote, fact) {
    const { atlas } = this;
    const text = quote.length > 1500 ? quote.slice(0, 1500) + "…" : quote;
    const ends = [atlas.subject[fact], atlas.object[fact]].filter((node) => node >= 0);
    const names = ends
      .flatMap((node) => [atlas.labels[node], ...(atlas.aliases[node] ?? [])])
      .filter((name) => name.length > 1 && name.length < 200);
    if (!names.length) return [text];
    const pattern = names
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("|");
    return text.split(new RegExp(`(${pattern})`, "giu")).map((part, i) => (i % 2 ? make("mark", {}, part) : part));
  }

  edge(fact) {
    const { atlas } = this;
    const relation = atlas.relations[atlas.relation[fact]];
    const object = atlas.object[fact];
    const button = make("button", { type: "button", class: "why", "aria-expanded": "true" }, "Evidence");
    const box = make("div", {}, ...this.readings(fact));
    button.addEventListener("click", () => {
      box.hidden = !box.hidden;
      button.setAttribute("aria-expanded", String(!box.hidden));
    });
    return [
      make("span", { class: "badge" }, "Edge"),
      make("h2", { dir: "auto" }, shorten(atlas.sentence(fact), 400)),
      this.thing(atlas.subject[fact]),
      make("p", { class: "soft" }, relation.words),
      object >= 0 ? this.thing(object) : safeLink(atlas.objectText(fact)),
      make("h3", {}, "Who says so ", button),
      box,
    ];
  }
}
