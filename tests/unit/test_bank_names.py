"""Which terms an option's text names."""

from __future__ import annotations

import pytest

from keykata.bank.entry import Entry, packed_entry
from keykata.bank.names import NameFinder


def term(name: str, called: str, *also: str) -> Entry:
    return Entry(id=f"kms:{name}", kind="term", packed=packed_entry(called), also=also)


FINDER = NameFinder(
    [
        term("kms", "AWS KMS", "KMS", "customer master key"),
        term("policy", "Key policy"),
        term("cmk", "Customer managed key", "customer managed CMK"),
        term("dms", "AWS Database Migration Service (AWS DMS)"),
        term("grant", "Grant"),
    ]
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Create a CUSTOMER MANAGED KEY.", ["cmk"]),
        ("Create `customer managed` keys", ["cmk"]),
        ("Use customer-managed keys, and a grant", ["cmk", "grant"]),
        ("Keep the customer managed CMK", ["cmk"]),
        ("Ask KMS for it; AWS KMS keeps it", ["kms"]),
        ("The monkey policy is granted", []),
        ("Allow `kms:Decrypt` and `kms:*` on it", []),
        ("Turn the customer managed key policy round", ["cmk"]),
        ("Sign in as a customer. Managed keys stay", []),
        ("Move it with AWS Database Migration Service (AWS DMS), then stop", ["dms"]),
        ("GRANTS do it, where a key policy cannot", ["grant", "policy"]),
        ("Grants à la carte", ["grant"]),
        ("", []),
    ],
)
def test_whole_names_count_however_they_are_written(text: str, names: list[str]) -> None:
    assert FINDER.named(text) == tuple(f"kms:{name}" for name in names)


def test_what_every_option_names_tells_nothing_apart() -> None:
    options = ("A grant in AWS KMS", "A key policy in KMS", "Nothing but KMS")
    assert FINDER.distinguishing(options) == (("kms:grant",), ("kms:policy",), ())


def test_a_name_belongs_to_the_term_that_is_called_so() -> None:
    alias = term("one", "Something else", "Vault")
    own = term("two", "Vault")
    assert NameFinder([alias, own]).named("Open the vault") == ("kms:two",)
    other = Entry(id="saa:kms", kind="term", packed=packed_entry("KMS service"), also=("KMS",))
    first = NameFinder([term("kms", "AWS KMS", "KMS"), other])
    assert first.named("KMS does it") == ("kms:kms",)


def test_no_terms_and_no_options_are_no_trouble() -> None:
    assert NameFinder([]).named("KMS") == ()
    assert FINDER.distinguishing(()) == ()
