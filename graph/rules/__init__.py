"""The extraction rules: an ordered table of small functions, each from one reading to the claims that it states."""

from __future__ import annotations

from .citations import cited, cited_behind
from .clauses import described, titled
from .credits import bracketed_authors, by_linked, by_rows, possessed, professed, sourced
from .employers import employed
from .events import events
from .guests import guests
from .houses import bracketed, house_alone
from .languages import in_brackets, in_language
from .makers import branded, owned_by, published_by
from .parts import named_after
from .people import by_accounts, by_its_site, credited, people, signed, speakers
from .phrases import phrased
from .places import dated, in_topic, made_for_heading, made_with_heading, pages, under_entity
from .platforms import on_platforms
from .reading import Reading, Rule
from .stated import stated
from .subjects import compared, introduced, met, name_parts, own_pages, publisher_named, studied, wikis
from .users import used_by

RULES: tuple[Rule, ...] = (
    stated,
    pages,
    in_topic,
    titled,
    phrased,
    publisher_named,
    own_pages,
    wikis,
    met,
    introduced,
    compared,
    studied,
    used_by,
    name_parts,
    in_language,
    in_brackets,
    on_platforms,
    described,
    named_after,
    under_entity,
    made_with_heading,
    made_for_heading,
    published_by,
    bracketed,
    house_alone,
    owned_by,
    branded,
    people,
    speakers,
    credited,
    guests,
    signed,
    by_accounts,
    by_its_site,
    cited,
    cited_behind,
    by_rows,
    by_linked,
    possessed,
    bracketed_authors,
    employed,
    professed,
    sourced,
    events,
    dated,
)

__all__ = ["RULES", "Reading", "Rule"]
