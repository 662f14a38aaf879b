// gallery.js: the kept questions as buttons; what a question leaves open is chosen within its sentence.

class Gallery {
  constructor(atlas, index, questions) {
    Object.assign(this, { atlas, index, questions, ask: null, values: new Map() });
    this.buttons = questions.map((question) => this.button(question));
    this.filter = make("input", { type: "search", "aria-label": "Find a question", placeholder: "Find a question …" });
    this.filter.addEventListener("input", () => this.narrow());
    this.scroll = make("div", { class: "questions" }, ...this.groups());
    this.box = make("div", { class: "gallery", role: "group", "aria-label": "Questions" }, this.filter, this.scroll);
    this.chosen = make("div", { class: "chosen", role: "group", "aria-label": "Question", hidden: true });
  }

  /** Calls `ask(query)` with the SPARQL of what is chosen. */
  listen(ask) {
    this.ask = ask;
  }

  groups() {
    return [...new Set(this.questions.map(({ group }) => group))].map((name) => {
      const list = make("ul");
      this.questions.forEach(({ group }, i) => {
        if (group === name) list.append(make("li", {}, this.buttons[i]));
      });
      return make("div", { role: "group", "aria-label": name }, make("h2", {}, name), list);
    });
  }

  button(question) {
    const button = make(
      "button",
      { type: "button", title: this.plain(question.sentence), "aria-pressed": "false" },
      question.title,
    );
    button.addEventListener("click", () => this.choose(question));
    return button;
  }

  plain(sentence) {
    return sentence.replace(/\{(\w+)\}/g, "$1");
  }

  /** Leaves the questions that have every word of the filter in them. */
  narrow() {
    const words = fold(this.filter.value).split(/\s+/).filter(Boolean);
    this.questions.forEach(({ name, title, sentence, group }, i) => {
      const text = fold([name, title, sentence, group].join(" "));
      this.buttons[i].parentElement.hidden = !words.every((word) => text.includes(word));
    });
    for (const group of this.scroll.children) group.hidden = !group.querySelector("li:not([hidden])");
  }

  /** Shows a question in words and asks it; what it leaves open begins as the example, or what is important here. */
  choose(question) {
    this.mark(question);
    this.values = new Map(question.parameters.map((parameter) => [parameter.name, this.first(parameter)]));
    const byName = new Map(question.parameters.map((parameter) => [parameter.name, parameter]));
    const parts = question.sentence.split(/\{(\w+)\}/);
    const words = parts.map((part, i) => (i % 2 ? this.field(question, byName.get(part)) : part));
    this.chosen.replaceChildren(...words);
    this.chosen.hidden = false;
    this.ask(this.bound(question));
  }

  /** Forgets what was chosen: what is asked now is somebody's own query. */
  leave() {
    this.mark(null);
    this.chosen.hidden = true;
  }

  mark(question) {
    this.questions.forEach((other, i) => this.buttons[i].setAttribute("aria-pressed", String(other === question)));
  }

  first({ kinds, example }) {
    if (!kinds) return example;
    const { atlas } = this;
    const fits = (node) => node >= 0 && kinds.includes(atlas.kinds[atlas.kind[node]].name);
    if (fits(atlas.find(example))) return atlas.find(example);
    for (let node = 0; node < atlas.count; node++) if (fits(node)) return node;
    return NOTHING;
  }

  text(value) {
    return typeof value === "number" ? (this.atlas.labels[value] ?? "") : value;
  }

  field(question, parameter) {
    const take = (value) => {
      this.values.set(parameter.name, value);
      input.value = this.text(value);
      this.ask(this.bound(question));
    };
    const input = make("input", {
      type: "text",
      "aria-label": parameter.title,
      placeholder: parameter.title,
      autocomplete: "off",
      spellcheck: "false",
    });
    input.value = this.text(this.values.get(parameter.name));
    if (!parameter.kinds) {
      input.addEventListener("change", () => input.value.trim() && take(input.value.trim()));
      return make("span", { class: parameter.numeric ? "blank small" : "blank" }, input);
    }
    const results = make("div", {
      id: `blank-${parameter.name}`,
      class: "results",
      role: "listbox",
      "aria-label": `${parameter.title}: results`,
      hidden: true,
    });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": results.id,
    }))
      input.setAttribute(name, value);
    makeChooser(this.atlas, this.among(parameter.kinds), input, results, take);
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => {
      input.value = this.text(this.values.get(parameter.name));
    });
    return make("span", { class: "blank" }, input, results);
  }

  /** The index of names, of some kinds only. */
  among(kinds) {
    const { atlas, index } = this;
    const fits = (node) => kinds.includes(atlas.kinds[atlas.kind[node]].name);
    return { search: (text) => index.search(text, Infinity).filter(fits).slice(0, RESULTS_MOST) };
  }

  /** The question's SPARQL, with what was chosen between the braces of each parameter's VALUES. */
  bound(question) {
    let query = question.text;
    for (const { name, kinds, numeric } of question.parameters) {
      const value = this.values.get(name);
      if (value === NOTHING) continue; // nothing of the kind is here: the example stays, and finds nothing
      const term = kinds ? turtleIri(this.atlas.iri(value)) : numeric ? String(Number(value) || 0) : turtleText(value);
      query = query.replace(new RegExp(`\\bVALUES \\?${name} \\{[^}]*\\}`, "g"), () => `VALUES ?${name} { ${term} }`);
    }
    return query;
  }
}
