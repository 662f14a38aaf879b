// ask.js: questions to the graph in SPARQL: the gallery, the editor, the answer; what it names lights up in the picture.

const ROWS_AT_ONCE = 200;
const QUICK = 300; // milliseconds; what takes longer says that it runs

/** The panel under the picture. Nothing of it is made before it is opened. */
class Ask {
  constructor(atlas, store, index, picture, details) {
    Object.assign(this, { atlas, store, index, picture, details, asked: "", answer: null, turn: 0 });
    this.box = document.getElementById("ask");
    this.button = document.getElementById("show-ask");
    this.button.addEventListener("click", () => this.store.set({ asking: !this.store.state.asking }, true));
    store.listen((state) => this.show(state));
  }

  show(state) {
    this.button.setAttribute("aria-expanded", String(state.asking));
    if (state.asking === this.box.hidden) {
      this.box.hidden = !state.asking;
      document.body.classList.toggle("asking", state.asking);
    }
    document.body.classList.toggle("asking-alone", state.asking && state.node < 0 && state.edge < 0);
    if (state.asking) this.opened ??= this.open();
    if (!state.query && this.asked) this.forget();
    else if (state.asking && state.query !== this.asked) this.opened.then(() => this.catchUp());
  }

  /** Asks what the address says, unless that is asked already. */
  catchUp() {
    const { query } = this.store.state;
    if (query && query !== this.asked) this.run(query);
  }

  async open() {
    await parsed();
    const { prefixes, questions, evidence } = await readData("sparql-asking");
    this.prefixes = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
    this.engine = new Engine(prefixes);
    this.gallery = new Gallery(this.atlas, this.index, questions);
    this.gallery.listen((query) => {
      this.write(query);
      this.go();
    });
    this.make(evidence);
    if (!this.store.state.query) this.gallery.filter.focus();
    this.engine.start().then(
      (size) => size && !this.asked && this.say(`${size.toLocaleString("en")} triples to ask.`),
      (error) => this.blame(error.message),
    );
  }

  make(evidence) {
    this.editor = make("textarea", {
      rows: 6,
      "aria-label": "SPARQL query",
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      "aria-describedby": "ask-hint",
      placeholder: "SELECT ?tool { ?tool a atlas:Tool }",
    });
    this.editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.own();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.store.set({ asking: false }, true);
      this.button.focus();
    });
    this.runner = make(
      "button",
      { type: "button", class: "go", onclick: () => (this.running ? this.engine.stop() : this.own()) },
      "Run",
    );
    this.csv = make("button", { type: "button", onclick: () => this.saveCsv(), disabled: true }, "Rows as CSV");
    this.status = make("span", { class: "soft", role: "status" });
    this.fault = make("div", { class: "fault", role: "alert", hidden: true });
    this.rows = make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Answer" });
    const look = make("button", { type: "button", class: "look" }, "Picture"); // where there is no room for both
    look.addEventListener("click", () => this.store.set({ asking: false }, true));
    const hint = make(
      "p",
      { id: "ask-hint", class: "unseen" },
      "Control and Enter run the query. Common prefixes are known.",
    );
    const note = evidence
      ? []
      : [make("p", { class: "soft" }, "The page holds the facts alone: the readings behind them are in evidence.ttl.")];
    this.box.append(
      this.gallery.box,
      make(
        "div",
        { class: "query" },
        this.gallery.chosen,
        ...note,
        this.editor,
        hint,
        make("div", { class: "row" }, this.runner, this.csv, look, this.status),
        this.fault,
        this.rows,
      ),
    );
  }

  write(query) {
    this.editor.value = query;
    this.editor.rows = Math.min(5, Math.max(3, query.split("\n").length));
  }

  /** Asks what somebody wrote; it may still be the question's own text. */
  own() {
    if (this.editor.value !== this.asked) this.gallery.leave();
    this.go();
  }

  /** Asks what stands in the editor. It becomes part of the address, so that a link asks it again. */
  go() {
    const query = this.editor.value;
    if (!query.trim()) return this.editor.focus();
    const again = query === this.store.state.query;
    this.store.set({ query, node: NOTHING, edge: NOTHING, path: NOTHING, found: [] }, true);
    if (again) this.run(query);
  }

  async run(query) {
    this.asked = query;
    if (this.editor.value !== query) this.write(query);
    if (this.running) this.engine.stop();
    const turn = ++this.turn;
    this.busy(true);
    const begin = performance.now();
    const patience = setTimeout(() => this.say("Asking … large answers take a while."), QUICK);
    let reply;
    try {
      reply = await this.engine.answer(query);
    } catch (error) {
      reply = { error: error.message };
    }
    clearTimeout(patience);
    if (turn !== this.turn) return;
    this.busy(false);
    this.tell(reply, query, (performance.now() - begin) / 1000);
  }

  busy(on) {
    this.running = on;
    this.runner.textContent = on ? "Stop" : "Run";
    this.rows.setAttribute("aria-busy", String(on));
    if (!on) return;
    this.fault.hidden = true;
    this.say("");
  }

  say(text) {
    this.status.textContent = text;
  }

  tell(reply, query, seconds) {
    this.answer = reply.rows ? reply : null;
    this.csv.disabled = !this.answer;
    this.rows.replaceChildren();
    const nodes = this.answer ? this.nodesIn(this.answer) : [];
    this.store.set({ found: nodes });
    if (reply.stopped) return this.say("Stopped.");
    if (reply.error) return this.complain(reply, query);
    const took = `${seconds.toFixed(2)} s`;
    if (reply.truth !== undefined) {
      this.rows.append(make("p", { class: "truth" }, reply.truth ? "Yes" : "No"));
      return this.say(took);
    }
    const { rows, count } = reply;
    const all = counted(count, "row");
    const some = rows.length < count ? `the first ${rows.length.toLocaleString("en")} of ${all}` : all;
    this.say([some, nodes.length ? `${counted(nodes.length, "node")} lit` : "", took].filter(Boolean).join(" · "));
    this.rows.append(count ? this.table(reply) : make("p", { class: "none" }, "Nothing in the graph answers this."));
    if (nodes.length) this.picture.goToNodes(nodes);
  }

  /** Says what is wrong with a query, and puts the cursor there. */
  complain(reply, query) {
    this.say("");
    if (reply.broken) {
      return this.blame("The answer needed more memory than the page has. Ask for less, with LIMIT.");
    }
    const { line, column, text } = explainFault(reply.error, query);
    if (!line) return this.blame(text);
    const lines = query.split("\n");
    const before = lettersBefore(query, line, column);
    const place = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + before.length;
    this.blame(`Line ${line}, column ${column}: ${text}.`, before, (lines[line - 1] ?? "").slice(before.length));
    this.editor.focus();
    this.editor.setSelectionRange(place, place);
  }

  /** Shows a fault, with the line that it is in, the rest of it from the fault on marked. */
  blame(text, before = "", after = "") {
    this.fault.replaceChildren(make("p", {}, text));
    if (before || after)
      this.fault.append(make("code", {}, before.slice(-60), make("mark", {}, after.slice(0, 40) || " ")));
    this.fault.hidden = false;
  }

  forget() {
    if (this.running) this.engine.stop();
    this.turn++;
    this.asked = "";
    this.answer = null;
    this.busy(false);
    this.csv.disabled = true;
    this.gallery.leave();
    this.rows.replaceChildren();
    this.say("");
  }

  /** The nodes that an answer names, each once, in the order of the rows. */
  nodesIn({ vars, rows }) {
    const found = new Set();
    for (const row of rows) {
      for (const name of vars) {
        const node = this.nodeOf(row[name]);
        if (node >= 0) found.add(node);
      }
      if (found.size >= PICTURE_MOST) break;
    }
    return [...found];
  }

  nodeOf(term) {
    return term?.type === "uri" ? this.atlas.find(term.value) : NOTHING;
  }

  table({ vars, rows }) {
    const shown = vars.filter((name) => !this.isNameOf(name, vars, rows));
    const head = make("tr", {}, ...shown.map((name) => make("th", { scope: "col" }, name)));
    const body = make("tbody");
    const more = make("button", { type: "button" });
    const add = () => {
      const from = body.children.length;
      for (const row of rows.slice(from, from + ROWS_AT_ONCE))
        body.append(make("tr", {}, ...shown.map((name) => this.cell(row[name]))));
      const left = rows.length - body.children.length;
      more.hidden = !left;
      more.textContent = `Show ${Math.min(left, ROWS_AT_ONCE)} more of ${rows.length.toLocaleString("en")}`;
    };
    more.addEventListener("click", add);
    add();
    const caption = make("caption", { class: "unseen" }, "Answer");
    return make("div", {}, make("table", {}, caption, make("thead", {}, head), body), more);
  }

  /** Whether a column holds but the names of the nodes in another: `toolLabel` beside `tool`. These show their names anyway. */
  isNameOf(name, vars, rows) {
    const node = name.replace(/Label$/, "");
    return node !== name && vars.includes(node) && rows.every((row) => !row[name] || this.nodeOf(row[node]) >= 0);
  }

  cell(term) {
    if (!term) return make("td");
    const node = this.nodeOf(term);
    if (node >= 0) return make("td", { dir: "auto" }, this.thing(node));
    if (term.type === "uri")
      return make(
        "td",
        {},
        this.place(term.value) ?? this.name(term.value) ?? safeLink(term.value, shorten(term.value, 90)),
      );
    const number = /#(integer|decimal|double|float)$/.test(term.datatype ?? "");
    return make("td", { class: number ? "number" : null, dir: "auto" }, shorten(termText(term), 400));
  }

  /** A list, or a line of one, as the panel of details names it. */
  place(iri) {
    const [, list, line] = /^(.*?)(?:#L(\d+))?$/s.exec(iri);
    const found = this.atlas.lists.findIndex((each) => each.iri === list);
    if (found < 0) return null;
    return line ? this.details.place(found, Number(line)) : shorten(this.atlas.lists[found].title, 90);
  }

  /** A node's name as a button that goes to it; to point at it is to find it in the picture. */
  thing(node) {
    const kind = this.atlas.kinds[this.atlas.kind[node]];
    const button = make(
      "button",
      { type: "button", class: "thing", dir: "auto" },
      shorten(this.atlas.labels[node], 90),
    );
    button.addEventListener("click", () => this.store.select(node));
    for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => this.picture.point(node));
    for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => this.picture.point(NOTHING));
    return make("span", { class: "fact" }, glyph(kind), button);
  }

  /** A term of a known vocabulary by its short name. */
  name(iri) {
    const found = this.prefixes.find(([, space]) => iri.startsWith(space) && /^[\w-]+$/.test(iri.slice(space.length)));
    return found && `${found[0]}:${iri.slice(found[1].length)}`;
  }

  saveCsv() {
    const { vars, rows } = this.answer;
    const lines = [vars, ...rows.map((row) => vars.map((name) => termText(row[name])))];
    save("answer.csv", "text/csv", lines.map((line) => line.map(csvCell).join(",")).join("\n") + "\n");
  }
}

function counted(count, thing) {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}

/** A term as plain text; a triple by its three terms; nothing where a row has none. */
function termText(term) {
  if (term?.type !== "triple" || typeof term.value === "string") return term?.value ?? "";
  const { subject, predicate, object } = term.value;
  return [subject, predicate, object].map(termText).join(" ");
}

/** Resolves when all of the page is there: the engine's parts stand behind the script that shows the picture. */
function parsed() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}
