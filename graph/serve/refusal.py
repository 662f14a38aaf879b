"""The one way in which the server says no: a status, a sentence for the person who asked, and headers."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the program
    """A request that is not answered with what it asks for; `str` gives the sentence."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = dict(headers or {})
