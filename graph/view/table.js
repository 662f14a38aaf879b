// table.js: the same state as text: every node and every edge in a table that can be sorted and filtered.

const PAGE = 200;

class Table {
  constructor(atlas, store, scope) {
    Object.assign(this, { atlas, store, scope, page: 0, sort: { nodes: [0, 1], edges: [0, 1] } });
    this.panel = document.getElementById("panel-table");
    this.build();
  }

  build() {
    const radio = (value, text) => {
      const input = make("input", { type: "radio", name: "rows", value });
      input.addEventListener("change", () => {
        this.page = 0;
        this.store.set({ rows: value });
      });
      return make("label", {}, input, text);
    };
    this.filter = make("input", { type: "text", "aria-label": "Filter rows", placeholder: "Filter rows …" });
    this.filter.addEventListener("input", () => {
      this.page = 0;
      this.store.set({ filter: this.filter.value });
    });
    this.summary = make("span", { class: "soft", role: "status" });
    const bar = make(
      "div",
      { class: "tablebar" },
      make("div", { role: "radiogroup", "aria-label": "Rows" }, radio("nodes", "Nodes"), " ", radio("edges", "Edges")),
      this.filter,
      this.summary,
    );
    this.table = make("table");
    const before = make("button", { type: "button" }, "Previous");
    const after = make("button", { type: "button" }, "Next");
    before.addEventListener("click", () => this.turn(-1));
    after.addEventListener("click", () => this.turn(1));
    this.where = make("span", { class: "soft" });
    this.pages = make("div", { class: "pages" }, before, after, this.where);
    this.scroll = make(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Rows of the table" },
      this.table,
    );
    this.panel.append(bar, this.scroll, this.pages);
  }

  turn(by) {
    this.page = Math.max(0, Math.min(Math.ceil(this.rows.length / PAGE) - 1, this.page + by));
    this.fill();
    this.scroll.scrollTop = 0;
  }

  columns(rows) {
    const { atlas } = this;
    if (rows === "edges") {
      return [
        ["Subject", (f) => atlas.labels[atlas.subject[f]]],
        ["Relation", (f) => atlas.relations[atlas.relation[f]].words],
        ["Object", (f) => atlas.objectText(f)],
        ["Confidence", (f) => atlas.confidence[f]],
        ["Readings", (f) => this.readings(f)],
      ];
    }
    return [
      ["Name", (i) => atlas.labels[i]],
      ["Kind", (i) => atlas.kinds[atlas.kind[i]].label],
      [
        "Topics",
        (i) =>
          atlas
            .topicsOf(i)
            .map((t) => atlas.labels[t])
            .join(", "),
      ],
      ["Edges", (i) => atlas.factOffset[i + 1] - atlas.factOffset[i]],
      ["Also called", (i) => (atlas.aliases[i] ?? []).join(", ")],
    ];
  }

  readings(fact) {
    const { evidenceOffset } = this.atlas;
    return evidenceOffset ? evidenceOffset[fact + 1] - evidenceOffset[fact] : 0;
  }

  show(state) {
    for (const input of this.panel.querySelectorAll("input[type=radio]")) input.checked = input.value === state.rows;
    if (this.filter.value !== state.filter) this.filter.value = state.filter;
    const passes = state.rows === "edges" ? this.scope.fact : this.scope.node;
    const columns = this.columns(state.rows);
    const words = fold(state.filter).split(/\s+/).filter(Boolean);
    const rows = [];
    for (let i = 0; i < passes.length; i++) {
      if (!passes[i]) continue;
      if (words.length) {
        const text = fold(columns.map(([, value]) => value(i)).join(" "));
        if (!words.every((word) => text.includes(word))) continue;
      }
      rows.push(i);
    }
    this.rows = this.sorted(rows, columns, state.rows);
    this.page = Math.min(this.page, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
    this.fill();
  }

  sorted(rows, columns, name) {
    const [column, direction] = this.sort[name];
    const value = columns[column][1];
    const keys = new Map(rows.map((i) => [i, typeof value(i) === "string" ? fold(value(i)) : value(i)]));
    return rows.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      return one < other ? -direction : one > other ? direction : a - b;
    });
  }

  fill() {
    const { state } = this.store;
    const columns = this.columns(state.rows);
    const [column, direction] = this.sort[state.rows];
    const head = make("tr");
    columns.forEach(([name], c) => {
      const button = make("button", { type: "button" }, name, c === column ? (direction > 0 ? " ▲" : " ▼") : "");
      button.addEventListener("click", () => {
        this.sort[state.rows] = [c, c === column ? -direction : 1];
        this.show(this.store.state);
        this.table.querySelectorAll("th button")[c].focus();
      });
      head.append(
        make(
          "th",
          { scope: "col", "aria-sort": c === column ? (direction > 0 ? "ascending" : "descending") : "none" },
          button,
        ),
      );
    });
    const body = make("tbody");
    for (const i of this.rows.slice(this.page * PAGE, (this.page + 1) * PAGE)) body.append(this.row(i, columns, state));
    this.table.replaceChildren(
      make("caption", { class: "unseen" }, state.rows === "edges" ? "Edges" : "Nodes"),
      make("thead", {}, head),
      body,
    );
    this.summary.textContent = `${this.rows.length.toLocaleString("en")} ${state.rows}`;
    this.pages.hidden = this.rows.length <= PAGE;
    this.where.textContent = `${this.page * PAGE + 1} to ${Math.min(this.rows.length, (this.page + 1) * PAGE)}`;
  }

  row(i, columns, state) {
    const edges = state.rows === "edges";
    const chosen = i === (edges ? state.edge : state.node);
    const row = make("tr", { class: chosen ? "chosen" : null, "aria-current": chosen ? "true" : null });
    columns.forEach(([, value], c) => {
      const content = value(i);
      const text = shorten(String(content), 160);
      if (c === 0) {
        const button = make("button", { type: "button", class: "plain", dir: "auto" }, text || "(no name)");
        button.addEventListener("click", () => (edges ? this.store.selectEdge(i) : this.store.select(i)));
        row.append(make("td", {}, button));
      } else row.append(make("td", { class: typeof content === "number" ? "number" : null, dir: "auto" }, text));
    });
    return row;
  }
}
