"""Bring YASGUI, the editor of the query page, into ``graph/serve/page``: ``python3 scripts/yasgui.py``.

Takes the package of npm at the version below, its script and its style, and the licences of all that was bundled into
them, which the package's source map names. It needs npm. The page itself needs neither npm nor a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

PACKAGE, VERSION = "@zazuko/yasgui", "4.6.2"
PAGE = Path(__file__).resolve().parent.parent / "graph" / "serve" / "page"
NO_NAMESPACES = ("https://onlyfans.com/chelxie/", "https://namso-gen.com/")
"""Advertising in the list of prefixes (from prefix.cc) that the package holds; the page uses the server's list."""
LICENCES = ("LICENSE*", "License*", "license*")


def main() -> None:
    """Write the three files again."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "install", "--silent", "--ignore-scripts", "--no-save", f"{PACKAGE}@{VERSION}"]
        subprocess.run(command, cwd=folder, check=True)
        modules = Path(folder) / "node_modules"
        built = modules / PACKAGE / "build"
        script = (built / "yasgui.min.js").read_text(encoding="utf-8")
        script = re.sub(r"\n?//# sourceMappingURL=.*", "", script)  # a debugger would go and look for the map
        for address in NO_NAMESPACES:
            script = script.replace(address, "urn:none:")
        (PAGE / "yasgui.min.js").write_text(script, encoding="utf-8")
        (PAGE / "yasgui.min.css").write_bytes((built / "yasgui.min.css").read_bytes())
        (PAGE / "LICENSE.txt").write_text("\n\n".join(licences(modules, built)) + "\n", encoding="utf-8")


def licences(modules: Path, built: Path) -> list[str]:
    """Return the licence of YASGUI and of each package within it, under a line with its name and version."""
    sources = json.loads((built / "yasgui.min.js.map").read_text(encoding="utf-8"))["sources"]
    within = {match[-1] for source in sources if (match := re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", source))}
    return [licence(modules / name) for name in (PACKAGE, *sorted(within))]


def licence(package: Path) -> str:
    """Return the licence of a package, in full."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    texts = sorted({path for pattern in LICENCES for path in package.glob(pattern) if "MPL" not in path.name})
    author = about.get("author", "")
    if not texts and about.get("license") != "MIT":
        raise SystemExit(f"yasgui: {about['name']} has no text of its licence")
    by = author if isinstance(author, str) else author.get("name", "")
    words = "\n\n".join(path.read_text(encoding="utf-8").strip() for path in texts) or mit(by)
    return f"==== {about['name']} {about['version']}: {about.get('license', 'see below')} ====\n\n{words}"


def mit(author: str) -> str:
    """Return the MIT licence of an author; it is ours as well, so its words are at hand."""
    ours = (PAGE.parents[2] / "LICENSE").read_text(encoding="utf-8").strip()
    return re.sub(r"^Copyright .*", f"Copyright (c) {author}", ours, count=1, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
