// painter.js: what is drawn around vis-network's nodes: the discs beneath them, edges, arrows and rings.

const DASHES_MOST = 150; // more dashed lines than these take a browser too long to draw
const SEEN_FROM = 7; // a disc of so many pixels is worth drawing

/** The theme's colours, read from the style sheet. */
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "paper",
    "ground",
    "ink",
    "soft",
    "accent",
    "disc",
    "disc-deep",
    "disc-line",
    "hub-line",
    "topic",
    "edge-member",
    "edge-subject",
    "edge-people",
    "edge-technical",
  ];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Paints one frame. `scene` says what is in it: nodes, facts, focus. All lengths on screen are in CSS pixels. */
class Painter {
  constructor(atlas, scope) {
    this.atlas = atlas;
    this.scope = scope;
    this.palette = readPalette();
    this.discOrder = this.orderDiscs();
  }

  /** Discs from the outermost in, with how deep each lies; the one around everything is not drawn. */
  orderDiscs() {
    const { node, parent, r } = this.atlas.discs;
    const depth = [];
    node.forEach((_, d) => {
      depth[d] = parent[d] < 0 ? 0 : depth[parent[d]] + 1;
    });
    this.depth = depth;
    // A list whose title is no topic is drawn as a disc of its own, with the title.
    this.rootShows = this.atlas.lists.length === 1 && parent.filter((p) => p === 0).length !== 1;
    return node
      .map((_, d) => d)
      .filter((d) => node[d] >= 0 || (this.rootShows && d === 0))
      .sort((a, b) => depth[a] - depth[b] || r[b] - r[a]);
  }

  /** Whether a disc is a topic's (or the list's) and not an entity's. */
  isArea(disc) {
    const node = this.atlas.discs.node[disc];
    return node < 0 || this.atlas.isTopic(node);
  }

  /** What stands on a disc's rim. */
  discName(disc) {
    const node = this.atlas.discs.node[disc];
    return node < 0 ? this.atlas.title : this.atlas.labels[node];
  }

  recolour() {
    this.palette = readPalette();
  }

  /** Whether a disc is seen in this view, and is not left out by the filters. */
  discShows(disc, lens) {
    const { x, y, r, node } = this.atlas.discs;
    const size = r[disc] * lens.scale;
    return (
      size > SEEN_FROM &&
      (node[disc] < 0 || this.scope.node[node[disc]]) &&
      x[disc] + r[disc] > lens.left &&
      x[disc] - r[disc] < lens.right &&
      y[disc] + r[disc] > lens.top &&
      y[disc] - r[disc] < lens.bottom
    );
  }

  /** The discs, outer ones first. Each is a path of its own: a browser draws many small paths sooner than a large one. */
  discs(ctx, lens) {
    const { palette } = this;
    const { x, y, r } = this.atlas.discs;
    for (const disc of this.discOrder) {
      if (!this.discShows(disc, lens)) continue;
      const topic = this.isArea(disc);
      ctx.beginPath();
      ctx.arc(x[disc], y[disc], r[disc], 0, 2 * Math.PI);
      ctx.fillStyle = topic && this.depth[disc] % 2 ? palette.disc : palette["disc-deep"];
      ctx.globalAlpha = topic ? 1 : 0.55;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.strokeStyle = topic ? palette["disc-line"] : palette["hub-line"];
      ctx.lineWidth = (topic ? 1.4 : 1) / lens.scale;
      ctx.setLineDash(topic ? [] : [4 / lens.scale, 4 / lens.scale]);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  /** All edges of the scene, by way of drawing and strength, each with a stroke of its own (see `discs`). */
  edges(ctx, lens, scene) {
    const { atlas } = this;
    const heaps = new Map();
    for (const fact of scene.facts) {
      if (scene.lit.has(fact) || !this.crosses(fact, lens)) continue;
      const line = atlas.relations[atlas.relation[fact]].line;
      const heap = `${line} ${this.strength(fact, line)}`;
      if (!heaps.has(heap)) heaps.set(heap, []);
      heaps.get(heap).push(fact);
    }
    const fade = (scene.focus.size ? 0.3 : 1) * Math.min(1, Math.max(0.45, Math.sqrt(500 / scene.facts.length)));
    for (const [heap, facts] of heaps) {
      const [line, strength] = heap.split(" ");
      ctx.strokeStyle = this.palette[`edge-${line}`];
      ctx.globalAlpha = Number(strength) * fade;
      if (ctx.globalAlpha < 0.06) continue; // nobody would see them, and they take as long to draw as any
      ctx.lineWidth = (line === "technical" ? 1.5 : line === "member" ? 0.8 : 1.1) / lens.scale;
      ctx.setLineDash(line === "member" && facts.length < DASHES_MOST ? [1.5 / lens.scale, 3.5 / lens.scale] : []);
      for (const fact of facts) {
        ctx.beginPath();
        this.trace(ctx, fact);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** Whether an edge may be seen in the window: not if both ends lie beyond the same side of it. */
  crosses(fact, lens) {
    const { x, y, subject, object } = this.atlas;
    const [s, o] = [subject[fact], object[fact]];
    return (
      Math.max(x[s], x[o]) > lens.left &&
      Math.min(x[s], x[o]) < lens.right &&
      Math.max(y[s], y[o]) > lens.top &&
      Math.min(y[s], y[o]) < lens.bottom
    );
  }

  /** Long edges, and those of what everyone names, are drawn faintly, or they would hide the rest. */
  strength(fact, line) {
    if (line === "member") return 0.5;
    const { factOffset, subject, object, x, y, discs } = this.atlas;
    const [s, o] = [subject[fact], object[fact]];
    const degree = Math.max(factOffset[s + 1] - factOffset[s], factOffset[o + 1] - factOffset[o]);
    const far = Math.hypot(x[s] - x[o], y[s] - y[o]) / discs.r[0];
    const base = line === "technical" ? 0.8 : 0.55;
    return base * (degree > 60 ? 0.35 : degree > 18 ? 0.65 : 1) * (far > 0.45 ? 0.35 : far > 0.2 ? 0.6 : 1);
  }

  trace(ctx, fact) {
    const { x, y, subject, object } = this.atlas;
    ctx.moveTo(x[subject[fact]], y[subject[fact]]);
    ctx.lineTo(x[object[fact]], y[object[fact]]);
  }

  /** The edges of what is looked at: stronger, with arrowheads. */
  litEdges(ctx, lens, scene) {
    const { atlas, palette } = this;
    for (const fact of scene.lit) {
      const relation = atlas.relations[atlas.relation[fact]];
      const chosen = fact === scene.edge || scene.way.has(fact);
      ctx.strokeStyle = ctx.fillStyle = chosen ? palette.accent : palette[`edge-${relation.line}`];
      ctx.lineWidth = (chosen ? 3.2 : relation.member ? 1.2 : 1.9) / lens.scale;
      ctx.setLineDash(relation.member && !chosen ? [2 / lens.scale, 4 / lens.scale] : []);
      ctx.beginPath();
      this.trace(ctx, fact);
      ctx.stroke();
      ctx.setLineDash([]);
      if (!relation.member || chosen) this.arrow(ctx, lens, fact);
    }
  }

  arrow(ctx, lens, fact) {
    const { x, y, size, subject, object } = this.atlas;
    const s = subject[fact];
    const o = object[fact];
    const angle = Math.atan2(y[o] - y[s], x[o] - x[s]);
    const long = Math.min(9 / lens.scale, size[o] * 1.3);
    const tipX = x[o] - Math.cos(angle) * (size[o] * 1.08 + 1);
    const tipY = y[o] - Math.sin(angle) * (size[o] * 1.08 + 1);
    ctx.beginPath();
    ctx.moveTo(tipX, tipY);
    ctx.lineTo(tipX - long * Math.cos(angle - 0.42), tipY - long * Math.sin(angle - 0.42));
    ctx.lineTo(tipX - long * Math.cos(angle + 0.42), tipY - long * Math.sin(angle + 0.42));
    ctx.fill();
  }

  /** Rings around the selected node, the one under the pointer and the ends of a path. */
  rings(ctx, lens, scene) {
    const { x, y, size } = this.atlas;
    for (const node of scene.ringed) {
      ctx.beginPath();
      ctx.arc(x[node], y[node], size[node] * 1.15 + 5 / lens.scale, 0, 2 * Math.PI);
      ctx.strokeStyle = this.palette.accent;
      ctx.lineWidth = 2.5 / lens.scale;
      ctx.stroke();
    }
  }
}
