// picture.js: the picture itself: vis-network for nodes, pan, zoom and pointer; the painter for all else.

const EDGE_NEAR = 5; // pixels from an edge that still count as on it

class Picture {
  constructor(atlas, store, scope) {
    Object.assign(this, { atlas, store, scope, hover: NOTHING });
    this.box = document.getElementById("picture");
    this.painter = new Painter(atlas, scope);
    this.labels = new Labels(this.painter);
    this.nodes = new vis.DataSet();
    this.scene = this.emptyScene();
    this.shown = new Set();
    this.network = new vis.Network(this.box, { nodes: this.nodes, edges: new vis.DataSet() }, this.options());
    this.box.querySelector("canvas").setAttribute("aria-hidden", "true");
    this.box.querySelector(".vis-network").removeAttribute("tabindex");
    this.listen();
  }

  options() {
    return {
      ...this.atlas.options,
      nodes: { ...this.atlas.options.nodes, ctxRenderer: (given) => this.renderNode(given) },
    };
  }

  emptyScene() {
    return {
      order: [],
      facts: [],
      focus: new Set(),
      lit: new Set(),
      way: new Set(),
      ringed: [],
      named: new Set(),
      edge: NOTHING,
    };
  }

  listen() {
    const { network } = this;
    network.on("beforeDrawing", (ctx) => this.paintBelow(ctx));
    network.on("afterDrawing", (ctx) => this.paintAbove(ctx));
    network.on("hoverNode", ({ node }) => this.point(node));
    network.on("blurNode", () => this.point(NOTHING));
    network.on("click", (event) => this.click(event));
    network.on("doubleClick", (event) => this.zoomBy(1.7, event.pointer.canvas));
    const settle = () => this.store.set({ view: this.viewNow() });
    network.on("dragEnd", settle);
    network.on("animationFinished", settle);
    network.on("zoom", () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(settle, 250);
    });
    new ResizeObserver(() => this.network.redraw()).observe(this.box);
  }

  viewNow() {
    const { x, y } = this.network.getViewPosition();
    return [Math.round(x), Math.round(y), Number(this.network.getScale().toPrecision(3))];
  }

  /** What of the picture is in the window, and at which scale. */
  lens() {
    const canvas = this.network.canvas.frame.canvas;
    const ratio = this.network.canvas.pixelRatio || 1;
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    const width = canvas.width / ratio;
    const height = canvas.height / ratio;
    return {
      ratio,
      scale,
      width,
      height,
      left: x - width / 2 / scale,
      right: x + width / 2 / scale,
      top: y - height / 2 / scale,
      bottom: y + height / 2 / scale,
    };
  }

  /** Draws a node's mark; what is not looked at steps back. */
  renderNode({ ctx, id, x, y }) {
    const { atlas, scene } = this;
    const kind = atlas.kinds[atlas.kind[id]];
    const radius = atlas.size[id];
    return {
      drawNode: () => {
        ctx.save();
        const drawn = Math.max(radius, 2 / this.scale); // from afar, the smallest are still seen
        const out = !this.scope.node[id];
        ctx.globalAlpha = out ? 0.13 : scene.focus.size && !scene.focus.has(id) ? 0.28 : 1;
        ctx.translate(x, y);
        ctx.scale(drawn, drawn);
        ctx.fillStyle = kindColour(kind);
        if (drawn * this.scale > 4) {
          ctx.strokeStyle = this.painter.palette.disc; // keeps the mark apart from the edges behind it
          ctx.lineWidth = 0.16;
          ctx.stroke(MARK_PATHS[kind.mark]);
        }
        ctx.fill(MARK_PATHS[kind.mark]);
        ctx.restore();
      },
      nodeDimensions: { width: 2 * radius, height: 2 * radius },
    };
  }

  paintBelow(ctx) {
    const lens = this.lens();
    this.scale = lens.scale;
    ctx.save();
    this.painter.discs(ctx, lens);
    this.painter.edges(ctx, lens, this.scene);
    this.painter.litEdges(ctx, lens, this.scene);
    ctx.restore();
  }

  paintAbove(ctx) {
    const lens = this.lens();
    ctx.save();
    this.painter.rings(ctx, lens, this.scene);
    this.labels.draw(ctx, lens, this.labels.find(ctx, lens, this.scene));
    ctx.restore();
  }

  /** The nodes and facts that the state looks at. */
  focusOf(state) {
    const { atlas, scope } = this;
    const lit = new Set();
    let focus = new Set();
    const way =
      state.path >= 0 && state.node >= 0 ? (shortestPath(atlas, scope, state, state.node, state.path) ?? []) : [];
    if (way.length) {
      focus = new Set(nodesAlong(atlas, state.node, way));
      way.forEach((fact) => lit.add(fact));
    } else if (state.edge >= 0) {
      focus.add(atlas.subject[state.edge]);
      if (atlas.object[state.edge] >= 0) focus.add(atlas.object[state.edge]);
      lit.add(state.edge);
    } else if (state.node >= 0) {
      focus = scope.around(state.node, state.hops || 1, state);
      for (const node of state.hops > 1 ? focus : [state.node]) {
        for (const fact of atlas.factsOf(node))
          if (scope.allows(fact, state) && focus.has(atlas.other(fact, node))) lit.add(fact);
      }
    } else if (state.found.length) {
      focus = new Set(state.found);
      for (const node of focus) {
        for (const fact of atlas.factsOf(node))
          if (scope.allows(fact, state) && focus.has(atlas.other(fact, node))) lit.add(fact);
      }
    }
    return { focus, lit, way: new Set(way) };
  }

  /** Brings the picture to a state. */
  show(state) {
    const { focus, lit, way } = this.focusOf(state);
    this.shown = this.scope.drawn(state, focus);
    this.syncNodes();
    const order = [...this.shown].sort((a, b) => a - b);
    const named = new Set([state.node, state.path].filter((node) => node >= 0));
    if (state.edge >= 0 || way.size) focus.forEach((node) => named.add(node));
    this.scene = {
      order,
      facts: this.factsAmong(order, state),
      focus,
      way,
      edge: state.edge,
      named,
      ringed: this.ringed(named),
      lit: new Set(
        [...lit].filter(
          (fact) => bothShown(this.atlas, fact, this.shown) && (way.has(fact) || !this.atlas.isShownByDisc(fact)),
        ),
      ),
    };
    this.network.redraw();
  }

  syncNodes() {
    const { x, y, size } = this.atlas;
    const have = new Set(this.nodes.getIds());
    const gone = [...have].filter((id) => !this.shown.has(id));
    const fresh = [...this.shown].filter((id) => !have.has(id));
    if (gone.length) this.nodes.remove(gone);
    if (fresh.length) this.nodes.add(fresh.map((id) => ({ id, x: x[id], y: y[id], size: size[id] })));
  }

  factsAmong(order, state) {
    const facts = [];
    for (const node of order) {
      for (const fact of this.atlas.factsOf(node)) {
        if (this.atlas.subject[fact] !== node || this.atlas.object[fact] < 0) continue;
        if (this.atlas.isShownByDisc(fact)) continue;
        const passes = this.scope.fact[fact] || (state.dim && this.scope.allows(fact, state));
        if (passes && this.shown.has(this.atlas.object[fact])) facts.push(fact);
      }
    }
    return facts;
  }

  /** What gets a ring: what is looked at, and what an answer names. */
  ringed(named) {
    return [...new Set([...named, ...this.store.state.found])].filter((node) => this.shown.has(node));
  }

  point(node) {
    this.hover = node;
    this.box.style.cursor = node >= 0 ? "pointer" : "";
    const { state } = this.store;
    const named = new Set([state.node, state.path].filter((n) => n >= 0));
    if (state.edge >= 0 || this.scene.way.size) this.scene.focus.forEach((n) => named.add(n));
    if (node >= 0) named.add(node);
    this.scene.named = named;
    this.scene.ringed = this.ringed(named);
    this.network.redraw();
  }

  click({ nodes, pointer }) {
    if (nodes.length) return this.store.select(nodes[0]);
    const disc = this.discAt(pointer.canvas);
    const closed = disc >= 0 && !this.scope.isOpen(disc);
    const edge = this.edgeAt(pointer.canvas, closed ? this.scene.lit : [...this.scene.lit, ...this.scene.facts]);
    if (edge >= 0) return this.store.selectEdge(edge);
    const node = disc >= 0 ? this.atlas.discs.node[disc] : NOTHING;
    const whole = disc >= 0 && this.atlas.discs.r[disc] * this.network.getScale() > this.box.clientWidth / 2;
    this.store.select(closed || (disc >= 0 && !whole) ? node : NOTHING);
    if (closed) this.goToDisc(disc);
  }

  goToDisc(disc) {
    const { x, y, r } = this.atlas.discs;
    const room = Math.min(this.box.clientWidth, this.box.clientHeight) || 600;
    this.goTo(x[disc], y[disc], room / (2.25 * r[disc]));
  }

  /** The typed edge nearest to a point; one that is looked at is easier to hit. */
  edgeAt({ x, y }, facts) {
    const { atlas } = this;
    let best = NOTHING;
    let least = EDGE_NEAR / this.network.getScale();
    for (const fact of facts) {
      if (atlas.relations[atlas.relation[fact]].member) continue;
      const s = atlas.subject[fact];
      const o = atlas.object[fact];
      const away =
        distanceToLine(x, y, atlas.x[s], atlas.y[s], atlas.x[o], atlas.y[o]) * (this.scene.lit.has(fact) ? 0.6 : 1);
      if (away < least) {
        least = away;
        best = fact;
      }
    }
    return best;
  }

  /** The innermost disc at a point that is large enough to be meant. */
  discAt({ x, y }) {
    const { discs } = this.atlas;
    const scale = this.network.getScale();
    let best = NOTHING;
    for (const disc of this.painter.discOrder) {
      if (
        discs.r[disc] * scale > 9 &&
        (discs.node[disc] < 0 || this.scope.node[discs.node[disc]]) &&
        Math.hypot(x - discs.x[disc], y - discs.y[disc]) < discs.r[disc]
      )
        best = disc;
    }
    return best;
  }

  goTo(x, y, scale = this.network.getScale()) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.network.moveTo({
      position: { x, y },
      scale,
      animation: still ? false : { duration: 320, easingFunction: "easeInOutQuad" },
    });
  }

  /** Brings a node into the window, near enough to read its name. */
  goToNode(node) {
    const lens = this.lens();
    const { x, y } = this.atlas;
    const margin = 60 / lens.scale;
    const inside =
      x[node] > lens.left + margin &&
      x[node] < lens.right - margin &&
      y[node] > lens.top + margin &&
      y[node] < lens.bottom - margin;
    if (!inside || lens.scale < 0.35) this.goTo(x[node], y[node], Math.max(lens.scale, 0.75));
  }

  /** Brings several nodes into the window, where not all are there. */
  goToNodes(nodes) {
    const lens = this.lens();
    const xs = nodes.map((node) => this.atlas.x[node]);
    const ys = nodes.map((node) => this.atlas.y[node]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (left > lens.left && right < lens.right && top > lens.top && bottom < lens.bottom) return;
    const scale = Math.min((0.8 * lens.width) / (right - left), (0.75 * lens.height) / (bottom - top), 0.9);
    this.goTo((left + right) / 2, (top + bottom) / 2, scale);
  }

  /** Goes to where a link or Back says, or to everything. */
  goToView(view) {
    if (view) this.network.moveTo({ position: { x: view[0], y: view[1] }, scale: view[2] });
    else this.fit(false);
  }

  zoomBy(factor, at = this.network.getViewPosition()) {
    this.goTo(at.x, at.y, Math.min(8, Math.max(0.004, this.network.getScale() * factor)));
  }

  /** Shows everything that the filters let through. */
  fit(animate = true) {
    const { discs } = this.atlas;
    const width = this.box.clientWidth || 900;
    const height = this.box.clientHeight || 600;
    const r = (discs.r[0] || 300) + 20;
    const scale = Math.min(width, height) / (2 * r);
    if (animate) return this.goTo(discs.x[0], discs.y[0], scale);
    this.network.moveTo({ position: { x: discs.x[0], y: discs.y[0] }, scale });
  }

  /** The nearest node in a direction from the selected one, for the arrow keys. */
  neighbourTowards(dx, dy) {
    const { x, y } = this.atlas;
    const { state } = this.store;
    const from =
      state.node >= 0 && this.shown.has(state.node)
        ? { x: x[state.node], y: y[state.node] }
        : this.network.getViewPosition();
    let best = NOTHING;
    let least = Infinity;
    for (const node of this.shown) {
      if (node === state.node || !this.scope.node[node]) continue;
      const along = (x[node] - from.x) * dx + (y[node] - from.y) * dy;
      const across = Math.abs((x[node] - from.x) * dy) + Math.abs((y[node] - from.y) * dx);
      const cost = along + 2.2 * across;
      if (along > 1 && cost < least) {
        least = cost;
        best = node;
      }
    }
    return best;
  }
}

function bothShown(atlas, fact, shown) {
  return shown.has(atlas.subject[fact]) && shown.has(atlas.object[fact]);
}

function distanceToLine(x, y, ax, ay, bx, by) {
  const long = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = long ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long)) : 0;
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
