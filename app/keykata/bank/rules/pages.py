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

GROUPS = ("structure", "cue", "stem", "option", "explanation", "freshness", "bank", "text")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One code.

    Attributes:
        severity: in words, where it depends on the item.
        catch, passes: fields changed in the base question.
        catch_file, pass_file: the text of a whole file, where one question is not enough.
        file: the kind of that file.
        catch_words, pass_words: a bank it is told of and one it is not, in words.
    """

    code: str
    group: str
    severity: str
    title: str
    why: str
    catch: dict[str, Any] = {}
    passes: dict[str, Any] = {}
    catch_file: str = ""
    pass_file: str = ""
    file: str = "questions"
    catch_words: str = ""
    pass_words: str = ""


class Other(msgspec.Struct, frozen=True):
    """A code without an example of its own: of the form of a file, or of a name that leads nowhere."""

    severity: str
    title: str


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """All codes with a page of their own, the base question, and what families of codes mean."""

    base: dict[str, Any]
    pages: Mapping[str, Page]
    others: Mapping[str, Other]
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
            catch_file=fields.get("catch_file", ""),
            pass_file=fields.get("pass_file", ""),
            file=fields.get("file", "questions"),
            catch_words=fields.get("catch_words", ""),
            pass_words=fields.get("pass_words", ""),
        )
        for code, fields in found["rules"].items()
    }
    others = {code: Other(*said) for code, said in found["others"].items()}
    return Pages(
        base=found["base"],
        pages=MappingProxyType(pages),
        others=MappingProxyType(others),
        prefixes=found["prefixes"],
    )


def as_yaml(fields: Mapping[str, Any]) -> str:
    """Fields as an author would write them; what is None is left out."""
    return str(
        yaml.dump(
            {name: value for name, value in fields.items() if value is not None},
            Dumper=yaml.CSafeDumper,
            allow_unicode=True,
            sort_keys=False,
            width=74,
        )
    )
