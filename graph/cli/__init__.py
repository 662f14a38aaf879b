"""The command line: what people type, what they see, and the exit codes.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 findings under ``--fail-on``,
2 usage, 3 input that cannot be read or output that cannot be written, 4 network, 5 a query's time is over, 130 stopped
with Ctrl-C. What a command works with is imported when it runs, so that ``--help`` is there at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from .. import __version__
from ..errors import LinkatlasError, QueryError, UsageError
from .ask import ask
from .build import build
from .explain import explain
from .query import query
from .serve import serve
from .terminal import say, unwritable

STOPPED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="linkatlas %(version)s")
def commands() -> None:
    """Turn curated link lists into a knowledge graph.

    Tools, vendors, topics and things to read become nodes; what the lists say about them becomes typed edges; and
    every edge shows the line that says it.

    \b
    Try:
      linkatlas build                      the built-in list of MLOps resources
      linkatlas build README.md            a list of your own
      linkatlas build github:owner/repo    a list on GitHub
    Then open output/graph.html in a browser, or ask:
      linkatlas ask                        the questions that it answers
      linkatlas query 'SELECT ...'         your own, in SPARQL
      linkatlas explain Airflow K8s        why two things are related, or are not
      linkatlas serve                      an endpoint for other programs, and a page to ask on
    """


for command in (build, query, ask, explain, serve):
    commands.add_command(command)


@commands.command(epilog='In bash: eval "$(linkatlas completion bash)", best in ~/.bashrc. The same in zsh.')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands for a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"no completion is known for {shell}")
    click.echo(found(commands, {}, "linkatlas", "_LINKATLAS_COMPLETE").source())


def run(words: Sequence[str] | None = None) -> int:
    """Run a command line (`sys.argv` by default) and return its exit code; only a fault of the program raises."""
    try:
        code = commands.main(words, prog_name="linkatlas", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("linkatlas: stopped", err=True)
        return STOPPED
    except LinkatlasError as error:
        say(error)
        if isinstance(error, QueryError) and error.excerpt:
            click.echo(error.excerpt, err=True)
        return error.exit_code
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        full = unwritable(error)
        say(full)
        return full.exit_code
    return code if isinstance(code, int) else 0


def main() -> None:
    """Run the command line and end the process with its exit code."""
    code = run()
    limits = sys.modules.get("linkatlas.query.limits")
    if limits is not None and limits.left_behind():  # the process must not wait for it
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
