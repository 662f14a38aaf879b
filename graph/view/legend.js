// legend.js: the legend, which is also the filter: kinds with counts, relations, topic, list, confidence.

class Legend {
  constructor(atlas, store, scope) {
    Object.assign(this, { atlas, store, scope, boxes: [], chips: [] });
    const aside = document.getElementById("filters");
    aside.append(this.kinds(), this.relations(), ...this.choices(), this.confidence(), this.manner());
    store.listen(() => this.update());
    this.update();
  }

  kinds() {
    const field = make("fieldset", {}, make("legend", {}, "Kinds"));
    const families = new Map();
    this.atlas.kinds.forEach((kind, k) => {
      if (!families.has(kind.family)) families.set(kind.family, []);
      families.get(kind.family).push(k);
    });
    for (const [family, members] of families) {
      const lead = members.some((k) => this.atlas.kinds[k].label === family);
      if (!lead && members.length > 1) field.append(this.familyRow(family, members));
      members.forEach((k) => field.append(this.kindRow(k, !lead && members.length > 1)));
    }
    return field;
  }

  kindRow(k, child) {
    const kind = this.atlas.kinds[k];
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => this.turn([k], box.checked));
    this.boxes[k] = box;
    return make(
      "div",
      { class: child ? "kindrow child" : "kindrow" },
      make(
        "label",
        {},
        box,
        glyph(kind),
        make("span", {}, kind.label),
        make("span", { class: "n" }, String(kind.count)),
      ),
    );
  }

  /** One box for all kinds of a family, such as all resources. */
  familyRow(family, members) {
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => this.turn(members, box.checked));
    this.families = [...(this.families ?? []), [box, members]];
    const count = members.reduce((sum, k) => sum + this.atlas.kinds[k].count, 0);
    return make(
      "div",
      { class: "kindrow" },
      make("label", {}, box, make("span", {}, family), make("span", { class: "n" }, String(count))),
    );
  }

  turn(kinds, on) {
    const off = new Set(this.store.state.off);
    for (const k of kinds) on ? off.delete(k) : off.add(k);
    this.store.set({ off }, true);
  }

  relations() {
    const field = make("fieldset", {}, make("legend", {}, "Relations"));
    const chips = make("div", { class: "chips" });
    this.atlas.relations.forEach((relation, r) => {
      if (!this.hasNodes(r)) return;
      const chip = make(
        "button",
        { type: "button", title: `${relation.count}` },
        make("i", { class: `line-${relation.line}` }),
        relation.words,
      );
      chip.addEventListener("click", () => {
        const relationsOff = new Set(this.store.state.relationsOff);
        relationsOff.has(r) ? relationsOff.delete(r) : relationsOff.add(r);
        this.store.set({ relationsOff }, true);
      });
      this.chips[r] = chip;
      chips.append(chip);
    });
    field.append(chips);
    return field;
  }

  /** Whether a relation joins nodes (a date or a home page is no edge of the picture). */
  hasNodes(r) {
    const { relation, object } = this.atlas;
    for (let f = 0; f < relation.length; f++) if (relation[f] === r && object[f] >= 0) return true;
    return false;
  }

  choices() {
    const topics = [];
    for (let i = 0; i < this.atlas.count; i++) if (this.atlas.isTopic(i)) topics.push(i);
    topics.sort((a, b) => (this.atlas.labels[a] < this.atlas.labels[b] ? -1 : 1));
    this.topic = this.choice(
      "Topic",
      "All topics",
      topics.map((i) => [i, this.atlas.labels[i]]),
      (topic) => this.store.set({ topic }, true),
    );
    const lists = this.atlas.lists.map((list, l) => [l, list.title]);
    this.list = this.choice("List", "All lists", lists, (list) => this.store.set({ list }, true));
    return [this.topic.field, this.list.field];
  }

  /** A choice of one by its name; the names are offered when the field is first used, for the page to start quickly. */
  choice(name, all, values, choose) {
    const input = make("input", {
      type: "text",
      list: `${name}-names`,
      "aria-label": name,
      placeholder: all,
      autocomplete: "off",
    });
    const names = make("datalist", { id: `${name}-names` });
    const known = new Map(values.map(([value, text]) => [shorten(text, 60), value]).reverse());
    const texts = new Map(values.map(([value, text]) => [value, shorten(text, 60)]));
    input.addEventListener("focus", () => {
      if (!names.children.length) names.append(...[...texts.values()].map((text) => make("option", { value: text })));
    });
    input.addEventListener("change", () => choose(known.get(input.value.trim()) ?? NOTHING));
    const field = make("fieldset", {}, make("span", { class: "name", "aria-hidden": "true" }, name), input, names);
    field.hidden = values.length < 2;
    return {
      field,
      show: (value) => {
        input.value = texts.get(value) ?? "";
      },
    };
  }

  confidence() {
    this.range = make("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": "Confidence, at least" });
    this.rangeText = make("span", { class: "name" });
    this.range.addEventListener("input", () => this.store.set({ confidence: Number(this.range.value) }));
    return make("fieldset", {}, this.rangeText, this.range);
  }

  manner() {
    this.dim = make("input", { type: "checkbox" });
    this.dim.addEventListener("change", () => this.store.set({ dim: this.dim.checked }));
    return make("fieldset", {}, make("label", {}, this.dim, " Dim the rest instead of hiding it"));
  }

  update() {
    const { state } = this.store;
    this.boxes.forEach((box, k) => {
      box.checked = !state.off.has(k);
    });
    for (const [box, members] of this.families ?? []) {
      const on = members.filter((k) => !state.off.has(k)).length;
      box.checked = on > 0;
      box.indeterminate = on > 0 && on < members.length;
    }
    this.chips.forEach((chip, r) => chip.setAttribute("aria-pressed", String(!state.relationsOff.has(r))));
    this.topic.show(state.topic);
    this.list.show(state.list);
    this.range.value = String(state.confidence);
    this.rangeText.textContent = state.confidence ? `Confidence at least ${state.confidence} %` : "Confidence: any";
    this.dim.checked = state.dim;
  }
}
