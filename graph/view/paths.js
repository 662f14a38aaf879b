// paths.js: the shortest way between two nodes.

/**
 * The facts along a shortest way from one node to another, in order; null where there is none.
 * Of several shortest ways, the one with the most typed relations: "both are in MLOps" says less than "runs on".
 */
function shortestPath(atlas, scope, state, from, to) {
  const distance = new Map([[from, 0]]);
  const cost = new Map([[from, 0]]);
  const by = new Map();
  let ring = [from];
  while (ring.length && !distance.has(to)) {
    const next = [];
    for (const node of ring) {
      for (const fact of atlas.factsOf(node)) {
        const other = atlas.other(fact, node);
        if (other < 0 || !usable(atlas, scope, state, fact, other, to)) continue;
        const price = cost.get(node) + (atlas.relations[atlas.relation[fact]].member ? 3 : 1);
        if (!distance.has(other)) {
          distance.set(other, distance.get(node) + 1);
          next.push(other);
        } else if (distance.get(other) !== distance.get(node) + 1 || price >= cost.get(other)) continue;
        cost.set(other, price);
        by.set(other, [fact, node]);
      }
    }
    ring = next;
  }
  return distance.has(to) ? walkBack(by, from, to) : null;
}

function usable(atlas, scope, state, fact, other, to) {
  return scope.allows(fact, state) && (other === to || !state.off.has(atlas.kind[other]));
}

function walkBack(by, from, to) {
  const facts = [];
  for (let node = to; node !== from;) {
    const [fact, before] = by.get(node);
    facts.push(fact);
    node = before;
  }
  return facts.reverse();
}

/** The nodes along a path, from its start. */
function nodesAlong(atlas, from, facts) {
  const nodes = [from];
  for (const fact of facts) nodes.push(atlas.other(fact, nodes[nodes.length - 1]));
  return nodes;
}
