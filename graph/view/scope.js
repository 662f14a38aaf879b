// scope.js: which nodes and facts the filters let through, and which of those fit into the picture.

const OPENING_MOST = 420; // of a big graph, so many of the most important nodes are there from the start

/** Says of each node and fact whether the state's filters let it through. */
class Scope {
  constructor(atlas) {
    this.atlas = atlas;
    this.node = new Uint8Array(atlas.count).fill(1);
    this.fact = new Uint8Array(atlas.facts).fill(1);
    this.big = atlas.isBig();
    this.open = []; // discs that are open, the latest last
    this.members = null;
  }

  compute(state) {
    const { atlas, node, fact } = this;
    for (let i = 0; i < atlas.count; i++) node[i] = state.off.has(atlas.kind[i]) ? 0 : 1;
    if (state.topic >= 0) this.keep(this.inTopic(state.topic));
    if (state.list >= 0 && atlas.more) this.keep(this.inList(state.list));
    if (state.only && state.node >= 0) this.keep(this.around(state.node, Math.max(1, state.hops), state));
    for (let f = 0; f < atlas.facts; f++) {
      const object = atlas.object[f];
      fact[f] = this.allows(f, state) && node[atlas.subject[f]] && (object < 0 || node[object]) ? 1 : 0;
    }
    if (state.list >= 0 && atlas.more) {
      const { source } = atlas.more.evidence;
      for (let f = 0; f < atlas.facts; f++) if (fact[f] && !this.saidIn(f, state.list, source)) fact[f] = 0;
    }
  }

  /** Whether the filters on facts themselves let a fact through. */
  allows(fact, state) {
    return !state.relationsOff.has(this.atlas.relation[fact]) && this.atlas.confidence[fact] >= state.confidence;
  }

  keep(wanted) {
    for (let i = 0; i < this.node.length; i++) if (!wanted.has(i)) this.node[i] = 0;
  }

  /** A topic's nodes, those of narrower topics, and what is directly linked to them. */
  inTopic(topic) {
    const { atlas } = this;
    const topics = atlas.topicsWithin(topic);
    const inside = new Set(topics);
    for (const t of topics) {
      for (const f of atlas.factsOf(t))
        if (atlas.relations[atlas.relation[f]].member && atlas.object[f] === t) inside.add(atlas.subject[f]);
    }
    const all = new Set(inside);
    for (const node of inside) {
      for (const f of atlas.factsOf(node)) {
        const other = atlas.other(f, node);
        if (other >= 0 && !atlas.isTopic(other) && !atlas.topicsOf(other).length) all.add(other);
      }
    }
    return all;
  }

  saidIn(fact, list, source) {
    const { evidenceOffset } = this.atlas;
    for (let i = evidenceOffset[fact]; i < evidenceOffset[fact + 1]; i++) if (source[i] === list) return true;
    return false;
  }

  /** What a list holds or names. */
  inList(list) {
    const { atlas } = this;
    const found = new Set();
    atlas.more.listed.forEach((places, node) => {
      for (let i = 0; i < places.length; i += 2) if (places[i] === list) found.add(node);
    });
    const { source } = atlas.more.evidence;
    for (let f = 0; f < atlas.facts; f++) {
      if (!this.saidIn(f, list, source)) continue;
      found.add(atlas.subject[f]);
      if (atlas.object[f] >= 0) found.add(atlas.object[f]);
    }
    return found;
  }

  /** The nodes within some hops of one, by the relations that the filters let through. */
  around(start, hops, state) {
    const { atlas } = this;
    const found = new Set([start]);
    let edge = [start];
    for (let hop = 0; hop < hops; hop++) {
      const next = [];
      for (const node of edge) {
        for (const fact of atlas.factsOf(node)) {
          const other = atlas.other(fact, node);
          if (other < 0 || found.has(other) || !this.allows(fact, state) || state.off.has(atlas.kind[other])) continue;
          found.add(other);
          next.push(other);
        }
      }
      edge = next;
    }
    return found;
  }

  /** The nodes in a disc, by disc; found when the first one is asked for. */
  inDisc(disc) {
    if (!this.members) {
      this.members = Array.from({ length: this.atlas.discs.node.length }, () => []);
      for (let i = 0; i < this.atlas.count; i++) this.members[this.atlas.home[i]].push(i);
    }
    return this.members[disc];
  }

  isOpen(disc) {
    return !this.big || this.open.includes(disc);
  }

  /** The nodes that the picture draws: all that fit; of a big graph the important, the opened and what is being looked at. */
  drawn(state, focus) {
    const { atlas } = this;
    const passes = (i) => this.node[i] || state.dim;
    const shown = new Set();
    const add = (i) => {
      if (passes(i) && shown.size < PICTURE_MOST) shown.add(i);
    };
    for (const i of focus) add(i);
    let left = 0;
    for (let i = 0; i < atlas.count; i++) left += this.node[i];
    if (!this.big || left <= PICTURE_MOST) {
      for (let i = 0; i < atlas.count; i++) if (this.node[i] || (!this.big && passes(i))) add(i);
      return shown;
    }
    for (const disc of [...this.open].reverse()) for (const i of this.inDisc(disc)) add(i);
    let important = 0;
    for (let i = 0; i < atlas.count && important < OPENING_MOST; i++) {
      if (passes(i) && !atlas.isTopic(i)) {
        add(i);
        important++;
      }
    }
    return shown;
  }
}
