"""The picture as pyvis carries it: nodes with computed coordinates, edges, and the options of vis-network.

The lists of pyvis are filled directly: its ``from_nx`` and ``add_node`` look through all nodes for each one.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import networkx as nx
from pyvis.network import Network

from ..layout import Layout, layout
from ..network import importance, links
from ..vocabulary import Vocabulary

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "borderWidth": 1, "chosen": False, "labelHighlightBold": False},
    "edges": {"smooth": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "tooltipDelay": 0,
    },
}
"""Nothing moves by itself, and nothing curves: that is what makes a picture of thousands of nodes quick."""


class Picture(NamedTuple):
    """A pyvis network, with what only our own page draws."""

    pyvis: Network
    """Nodes are numbered from 0, the important first."""
    order: tuple[str, ...]
    """The IRI of each node, by its number."""
    layout: Layout


def picture(net: nx.MultiDiGraph[str], vocabulary: Vocabulary, *, one_list: bool = True) -> Picture:
    """Lay the network out and return it as a pyvis network; `one_list` says that it was read from a single list."""
    weight = importance(net)
    cls = {node: str(data["cls"]) for node, data in net.nodes(data=True)}
    areas = {name for name in set(cls.values()) if vocabulary.is_a(name, "atlas:Topic")}
    topics = [node for node, name in cls.items() if name in areas]
    labels = {node: str(data["label"]) for node, data in net.nodes(data=True)}
    placed = layout(links(net), labels, topics, weight, one_list=one_list)
    order = sorted(net, key=lambda node: (-round(weight[node], 6), node))
    number = {node: index for index, node in enumerate(order)}
    result = Network(directed=True)
    for node in order:
        data = net.nodes[node]
        x, y = placed.places[node]
        result.nodes.append(
            {
                "id": number[node],
                "label": data["label"],
                "group": data["cls"],
                "x": round(x),
                "y": round(y),
                "size": round(placed.sizes[node], 1),
            }
        )
    ends = sorted((number[subject], predicate, number[object_]) for subject, object_, predicate in net.edges(keys=True))
    result.edges.extend({"from": subject, "title": predicate, "to": object_} for subject, predicate, object_ in ends)
    result.set_options(json.dumps(OPTIONS))
    return Picture(result, tuple(order), placed)
