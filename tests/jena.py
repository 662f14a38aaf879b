"""Jena's ``arq`` as Debian packs it (libapache-jena-java), and what has to be put right in it.

The package moves the classes of Xerces that Jena carries (``org.apache.jena.ext.xerces``) to ``xerces``, but not their
message bundles: every command ends with "internal error" before it begins. A copy of the bundles in the other place, first
on the class path, helps.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

JARS = Path("/usr/share/java")
_NEEDED = (
    "jena-*", "commons-*", "dexx*", "gson*", "guava*", "failureaccess*", "httpc*", "jackson-*", "jsonld*", "jsonp*",
    "javax.json*", "jakarta.json*", "jcl-over-slf4j*", "protobuf*", "slf4j-api*", "slf4j-nop*", "thrift*", "titanium*",
    "xercesImpl*", "xml-apis*", "caffeine*",
)  # fmt: skip
_BUNDLES = "org/apache/jena/ext/"


def arq(folder: Path) -> list[str]:
    """Return the command line of ``arq``, its repaired bundles in a folder; empty where Java or Jena is missing."""
    core = JARS / "jena-core.jar"
    if shutil.which("java") is None or not core.exists():
        return []
    with zipfile.ZipFile(core) as jar:
        for name in jar.namelist():
            if name.startswith(f"{_BUNDLES}xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix(_BUNDLES)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = sorted({str(path) for pattern in _NEEDED for path in JARS.glob(f"{pattern}.jar")})
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join([str(folder), *jars]), "arq.arq"]
