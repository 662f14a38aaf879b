"""Graphs of any size, for tests of what should work for large ones."""

from __future__ import annotations

from linkatlas.model import Build, Evidence, Graph, Node, Source, Statement


def town(size: int) -> Build:
    """A graph of any size: topics in topics, tools in them, vendors that several tools share."""
    topics = [f"https://example.org/topic/{number}" for number in range(max(1, size // 20))]
    tools = [f"https://example.org/tool/{number}" for number in range(size)]
    vendors = [f"https://example.org/vendor/{number}" for number in range(max(1, size // 10))]
    why = Evidence("list.md", 1, "words", "rule", 0.9)
    said = [Statement(topic, "skos:broader", topics[(n - 1) // 4], why) for n, topic in enumerate(topics) if n]
    said += [Statement(tool, "atlas:inTopic", topics[n % len(topics)], why) for n, tool in enumerate(tools)]
    said += [Statement(tool, "atlas:developedBy", vendors[n * 7 % len(vendors)], why) for n, tool in enumerate(tools)]
    kinds = ((topics, "Topic"), (tools, "Tool"), (vendors, "Vendor"))
    nodes = [Node(name, f"atlas:{cls}", f"{cls} {n}") for names, cls in kinds for n, name in enumerate(names)]
    source = Source("list.md", "https://example.org/list", "Town", "text/markdown", 1, size, size)
    return Build(Graph("https://example.org/", tuple(sorted(nodes)), tuple(sorted(said)), (), (source,)))
