"""The pages of the rules: what each code means, why it matters, and a question it must catch.

They are data of this package (`pages.yaml`), read when an explanation is asked for or `allow` names a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

GROUPS = ("structure", "cue", "stem", "option", "explanation", "bank", "text")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One code.

    Attributes:
        severity: in words, where it depends on the item. catch, passes: fields changed in the base question.
    """

    code: str
    group: str
    severity: str
    title: str
    why: str
    catch: dict[str, Any] = {}
    passes: dict[str, Any] = {}


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """All codes with a page of their own, the base question, and what families of codes mean."""

    base: dict[str, Any]
    pages: Mapping[str, Page]
    prefixes: dict[str, str]


@cache
def all_pages() -> Pages:
    """Every page, read once."""
    text = files(__package__).joinpath("pages.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, yaml.CSafeLoader)
    pages = {
        code: Page(
            code=code,
            group=fields["group"],
            severity=fields["severity"],
            title=fields["title"],
            why=fields["why"],
            catch=fields.get("catch", {}),
            passes=fields.get("pass", {}),
        )
        for code, fields in found["rules"].items()
    }
    return Pages(base=found["base"], pages=MappingProxyType(pages), prefixes=found["prefixes"])


def as_yaml(fields: Mapping[str, Any]) -> str:
    """Fields as an author would write them."""
    return str(
        yaml.dump(dict(fields), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=90)
    )
