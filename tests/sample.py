"""A small graph made by hand, for tests that need one without running the pipeline.

`TEXT` is a list of a dozen entries, and `GRAPH` what it says: every quote stands on its line. `BUILD` adds one finding,
so that every part of a `Build` has something in it.
"""

from __future__ import annotations

from linkatlas.model import Build, Evidence, Finding, Graph, Node, Place, Skip, Source, Statement
from linkatlas.namespaces import ATLAS, BASE_IRI

SOURCE = "lists/mlops.md"

TEXT = """\
# Awesome MLOps
[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

## Workflows
- [Apache Airflow](https://airflow.apache.org/) ([code](https://github.com/apache/airflow)) - plans workflows as graphs.
- [AirFlow on K8S](https://kubernetes.io/blog/airflow-on-kubernetes/)
- [How we used Airflow at CrowdStrike](https://www.crowdstrike.com/blog/airflow/) (June 2019)
- [Airflow](https://airbnb.io/projects/airflow/), originally by Airbnb
- [Flyte](https://lyft.github.io/flyte/) - processing platform created at Lyft.
- [Kedro](https://github.com/quantumblacklabs/kedro) - pipelines in Python (by QuantumBlack)

## Platforms
- [MLflow](https://www.mlflow.org/) - keeps track of models. By Databricks
- [Kubeflow](https://www.kubeflow.org/) - machine learning on K8s
- [Kubeflow Pipelines](https://www.kubeflow.org/docs/pipelines/) - for steps in containers
- [Waimak](https://github.com/CoxAutomotiveDataSolutions/waimak) - for data flows in Apache Spark
- [MLOps, Kubeflow, and Tekton - Simon Kaegi, IBM](https://www.youtube.com/watch?v=npQkdeU2cEM)
"""


def iri(name: str) -> str:
    """Return the IRI of one of the sample's nodes, given as ``tool/kedro`` or as a URL."""
    return name if "://" in name else BASE_IRI + name


def _node(
    name: str,
    cls: str,
    label: str,
    *lines: int,
    aliases: tuple[str, ...] = (),
    urls: tuple[str, ...] = (),
    description: str = "",
) -> Node:
    places = tuple(Place(SOURCE, line) for line in lines)
    return Node(iri(name), f"atlas:{cls}", label, aliases, urls, description, places)


def _said(line: int, subject: str, predicate: str, value: str, quote: str, rule: str, confidence: float) -> Statement:
    value = iri(value) if "/" in value else value
    return Statement(iri(subject), predicate, value, Evidence(SOURCE, line, quote, rule, confidence))


AIRFLOW_ON_K8S = "https://kubernetes.io/blog/airflow-on-kubernetes/"
CROWDSTRIKE_TALK = "https://www.crowdstrike.com/blog/airflow/"
KAEGI_TALK = "https://www.youtube.com/watch?v=npQkdeU2cEM"

_NODES = (
    _node("topic/mlops", "Topic", "MLOps", 1),
    _node("topic/workflows", "Topic", "Workflows", 4),
    _node("topic/platforms", "Topic", "Platforms", 12),
    _node(
        "tool/apache-airflow",
        "Tool",
        "Apache Airflow",
        5,
        8,
        aliases=("AirFlow", "Airflow"),
        urls=(
            "https://airbnb.io/projects/airflow/",
            "https://airflow.apache.org/",
            "https://github.com/apache/airflow",
        ),
        description="plans workflows as graphs.",
    ),
    _node("tool/kubernetes", "Tool", "Kubernetes", aliases=("K8S", "K8s")),
    _node("tool/apache-spark", "Tool", "Apache Spark"),
    _node("tool/tekton", "Tool", "Tekton"),
    _node("tool/python", "Language", "Python"),
    _node(
        "tool/flyte",
        "Tool",
        "Flyte",
        9,
        urls=("https://lyft.github.io/flyte/",),
        description="processing platform created at Lyft.",
    ),
    _node(
        "tool/kedro",
        "Tool",
        "Kedro",
        10,
        urls=("https://github.com/quantumblacklabs/kedro",),
        description="pipelines in Python (by QuantumBlack)",
    ),
    _node(
        "tool/mlflow",
        "Tool",
        "MLflow",
        13,
        urls=("https://www.mlflow.org/",),
        description="keeps track of models. By Databricks",
    ),
    _node(
        "tool/kubeflow",
        "Tool",
        "Kubeflow",
        14,
        urls=("https://www.kubeflow.org/",),
        description="machine learning on K8s",
    ),
    _node(
        "tool/kubeflow-pipelines",
        "Tool",
        "Kubeflow Pipelines",
        15,
        urls=("https://www.kubeflow.org/docs/pipelines/",),
        description="for steps in containers",
    ),
    _node(
        "tool/waimak",
        "Tool",
        "Waimak",
        16,
        urls=("https://github.com/CoxAutomotiveDataSolutions/waimak",),
        description="for data flows in Apache Spark",
    ),
    _node("vendor/apache-software-foundation", "Vendor", "Apache Software Foundation", aliases=("Apache",)),
    _node("vendor/airbnb", "Vendor", "Airbnb"),
    _node("vendor/crowdstrike", "Vendor", "CrowdStrike"),
    _node("vendor/databricks", "Vendor", "Databricks"),
    _node("vendor/ibm", "Vendor", "IBM"),
    _node("vendor/lyft", "Vendor", "Lyft"),
    _node("vendor/quantumblack", "Vendor", "QuantumBlack"),
    _node("person/simon-kaegi", "Person", "Simon Kaegi"),
    _node(AIRFLOW_ON_K8S, "Article", "AirFlow on K8S", 6, urls=(AIRFLOW_ON_K8S,)),
    _node(CROWDSTRIKE_TALK, "Article", "How we used Airflow at CrowdStrike", 7, urls=(CROWDSTRIKE_TALK,)),
    _node(KAEGI_TALK, "Talk", "MLOps, Kubeflow, and Tekton - Simon Kaegi, IBM", 17, urls=(KAEGI_TALK,)),
)

_STATEMENTS = (
    _said(4, "topic/workflows", "skos:broader", "topic/mlops", "Workflows", "heading", 0.98),
    _said(12, "topic/platforms", "skos:broader", "topic/mlops", "Platforms", "heading", 0.98),
    _said(5, "tool/apache-airflow", "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(8, "tool/apache-airflow", "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(6, AIRFLOW_ON_K8S, "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(7, CROWDSTRIKE_TALK, "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(9, "tool/flyte", "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(10, "tool/kedro", "atlas:inTopic", "topic/workflows", "Workflows", "under-topic", 0.99),
    _said(13, "tool/mlflow", "atlas:inTopic", "topic/platforms", "Platforms", "under-topic", 0.99),
    _said(14, "tool/kubeflow", "atlas:inTopic", "topic/platforms", "Platforms", "under-topic", 0.99),
    _said(15, "tool/kubeflow-pipelines", "atlas:inTopic", "topic/platforms", "Platforms", "under-topic", 0.99),
    _said(16, "tool/waimak", "atlas:inTopic", "topic/platforms", "Platforms", "under-topic", 0.99),
    _said(17, KAEGI_TALK, "atlas:inTopic", "topic/platforms", "Platforms", "under-topic", 0.99),
    _said(
        5, "tool/apache-airflow", "atlas:homepage", "https://airflow.apache.org/", "airflow.apache.org", "link", 0.97
    ),
    _said(
        5,
        "tool/apache-airflow",
        "atlas:repository",
        "https://github.com/apache/airflow",
        "[code](https://github.com/apache/airflow)",
        "link",
        0.97,
    ),
    _said(
        5,
        "tool/apache-airflow",
        "atlas:developedBy",
        "vendor/apache-software-foundation",
        "Apache Airflow",
        "name",
        0.95,
    ),
    _said(8, "tool/apache-airflow", "atlas:developedBy", "vendor/airbnb", "originally by Airbnb", "by", 0.95),
    _said(6, "tool/apache-airflow", "atlas:runsOn", "tool/kubernetes", "AirFlow on K8S", "cue", 0.95),
    _said(7, "tool/apache-airflow", "atlas:usedBy", "vendor/crowdstrike", "used Airflow at CrowdStrike", "cue", 0.9),
    _said(6, AIRFLOW_ON_K8S, "atlas:about", "tool/apache-airflow", "AirFlow", "title", 0.95),
    _said(6, AIRFLOW_ON_K8S, "atlas:about", "tool/kubernetes", "K8S", "title", 0.95),
    _said(7, CROWDSTRIKE_TALK, "atlas:about", "tool/apache-airflow", "Airflow", "title", 0.95),
    _said(7, CROWDSTRIKE_TALK, "atlas:publishedBy", "vendor/crowdstrike", "www.crowdstrike.com", "host", 0.9),
    _said(7, CROWDSTRIKE_TALK, "dcterms:date", "2019-06", "June 2019", "date", 0.99),
    _said(9, "tool/flyte", "atlas:developedBy", "vendor/lyft", "created at Lyft", "cue", 0.95),
    _said(10, "tool/kedro", "atlas:developedBy", "vendor/quantumblack", "by QuantumBlack", "by", 0.95),
    _said(10, "tool/kedro", "atlas:implementedIn", "tool/python", "in Python", "cue", 0.7),
    _said(13, "tool/mlflow", "atlas:developedBy", "vendor/databricks", "By Databricks", "by", 0.95),
    _said(14, "tool/kubeflow", "atlas:runsOn", "tool/kubernetes", "on K8s", "cue", 0.9),
    _said(15, "tool/kubeflow-pipelines", "atlas:partOf", "tool/kubeflow", "Kubeflow Pipelines", "name", 0.85),
    _said(16, "tool/waimak", "atlas:runsOn", "tool/apache-spark", "in Apache Spark", "cue", 0.8),
    _said(17, KAEGI_TALK, "atlas:about", "tool/kubeflow", "Kubeflow", "title", 0.95),
    _said(17, KAEGI_TALK, "atlas:about", "tool/tekton", "Tekton", "title", 0.95),
    _said(17, KAEGI_TALK, "atlas:createdBy", "person/simon-kaegi", "Simon Kaegi", "speaker", 0.9),
    _said(17, "person/simon-kaegi", "atlas:affiliatedWith", "vendor/ibm", "Simon Kaegi, IBM", "speaker", 0.9),
)

_INFERRED = (
    Statement(
        iri("tool/kubeflow-pipelines"),
        "atlas:runsOn",
        iri("tool/kubernetes"),
        Evidence("", 0, "", "part-runs-where-whole-runs", 0.75),
    ),
)

_SOURCE = Source(
    source=SOURCE,
    iri=BASE_IRI + "list/mlops",
    title="Awesome MLOps",
    media_type="text/markdown",
    characters=len(TEXT),
    entries=11,
    links=14,
    skips=(
        Skip("https://awesome.re/badge.svg", 2, "image"),
        Skip("https://awesome.re", 2, "badge"),
    ),
)

GRAPH = Graph(BASE_IRI, tuple(sorted(_NODES)), tuple(sorted(_STATEMENTS)), _INFERRED, (_SOURCE,))

BUILD = Build(
    GRAPH,
    (Finding(iri("tool/tekton"), ATLAS + "ToolShape", "Warning", "a tool that no list has as an entry"),),
)
