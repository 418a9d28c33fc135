"""Templates to text, with everything that comes from the input escaped."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.domain.wording import CASE_WORDS, children, counted, percent
from caseload_balancer.plan.analysis import gap_in_words
from caseload_balancer.plan.meeting.undone import stays_plainly
from caseload_balancer.plan.meeting.words import BAND_WORDS, ROLE_WORDS, WHAT_HAPPENS, sentence

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

WIDEST_BAR: Final = 150
"""Load % at which a bar is full; a mark shows 100 %."""

_HYPHENED: Final = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|[A-Za-z]{1,4}-\d{1,8})\b")
"""Dates, and ids as ``W-010``."""

_PERCENT: Final = re.compile(r"(?<=\d) %")


def render(template: str, **content: Any) -> str:
    """Return a template of this room filled in; a name it lacks is an error, never a blank."""
    return _templates().get_template(f"{template}.html.jinja").render(content)


def load_templates() -> None:
    """Compile every template now, which whoever renders would otherwise wait for."""
    templates = _templates()
    for name in templates.list_templates(extensions=["jinja"]):
        templates.get_template(name)


@cache
def _templates() -> Environment:
    from jinja2 import (  # noqa: PLC0415 - only when something is rendered
        Environment,
        PackageLoader,
        StrictUndefined,
    )
    from markupsafe import Markup  # noqa: PLC0415 - as above

    from caseload_balancer.plan.html.compiled import CompiledTemplates  # noqa: PLC0415 - as above

    templates = Environment(
        loader=PackageLoader("caseload_balancer.plan.html"),
        bytecode_cache=CompiledTemplates(),
        auto_reload=False,  # to ask whether a file has changed, at each include, takes its time
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        percent=percent,
        gap=gap_in_words,
        bar=_bar,
        width=_width,
        counted=counted,
        children=children,
        sentence=sentence,
        own=Markup,
        whole=whole,
    )
    templates.tests.update(staying_plainly=stays_plainly)
    templates.globals.update(
        CASE_WORDS=CASE_WORDS,
        BAND_WORDS=BAND_WORDS,
        ROLE_WORDS=ROLE_WORDS,
        WHAT_HAPPENS=WHAT_HAPPENS,
    )
    return templates


@lru_cache(maxsize=8192)
def whole(text: str) -> Markup:
    """Return a text, escaped, whose dates, short ids and percentages stay on one line.

    Browsers break them behind a hyphen.
    """
    from markupsafe import Markup, escape  # noqa: PLC0415 - only when something is rendered

    safe = _PERCENT.sub("\N{NO-BREAK SPACE}%", str(escape(text)))
    # Escaped above; what is added has no text of the input in a tag.
    return Markup(_HYPHENED.sub(r'<span class="nb">\g<0></span>', safe))  # noqa: S704


def _width(load: float | None) -> str:
    """Return how far a bar of the page goes, on a scale that ends at `WIDEST_BAR`."""
    return f"{min(load or 0.0, WIDEST_BAR):g}"


def _bar(load: float | None) -> str:
    width = 0.0 if load is None else min(100.0, 100 * load / WIDEST_BAR)
    return f"width:{width:.1f}%"
