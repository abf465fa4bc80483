"""Names of services in texts: today's, yesterday's, and those no service has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from keykata.bank.read_services import load_services
from keykata.bank.registry import Registry, Service

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED, SHEET = load_services(CONTENT / "services.yaml")
LATER = r"20\d\d-\d\d"


def named(text: str) -> list[tuple[str, str]]:
    """What a text names, and the official name of each ("?" where there is none)."""
    return [(one.text, one.service.name if one.service else "?") for one in SHIPPED.mentions(text)]


def test_the_shipped_registry_is_whole() -> None:
    assert SHEET.all() == []
    scopes = [one.scope for one in SHIPPED.services.values()]
    assert scopes.count("in") >= 110
    assert scopes.count("out") >= 30
    assert all(re.fullmatch(LATER, one.retired) for one in SHIPPED.services.values() if one.retired)
    names = [name for one in SHIPPED.services.values() for name in (one.name, *one.also, *one.was)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Store it in Amazon S3.", [("Amazon S3", "Amazon S3")]),
        ("Amazon S3 Glacier Deep Archive keeps it.", [("Amazon S3 Glacier Deep Archive", "Amazon S3")]),
        (
            "Use AWS Key Management Service (AWS KMS).",
            [("AWS Key Management Service", "AWS KMS"), ("AWS KMS", "AWS KMS")],
        ),
        ("An AWS account in an AWS Region, and an AWS managed key", []),
        ("An Amazon EBS volume's snapshot", [("Amazon EBS", "Amazon EBS")]),
        ("Ask Amazon Frobnicator for it", [("Amazon Frobnicator", "?")]),
        ("Ask AWS S3 buckets", [("AWS S3", "?")]),
        ("Amazon\nS3", []),
        ("No names here", []),
    ],
)
def test_what_a_text_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_wrong_family_is_put_right() -> None:
    found = SHIPPED.right_family("AWS S3 buckets")
    assert found is not None
    assert found.name == "Amazon S3"
    assert SHIPPED.right_family("Amazon Frobnicator") is None


def test_the_longest_old_name_is_found_and_none_inside_a_word() -> None:
    (one,) = SHIPPED.old_in("Send it to Amazon Kinesis Data Firehose today.")
    assert (one.text, one.service and one.service.name) == (
        "Amazon Kinesis Data Firehose",
        "Amazon Data Firehose",
    )
    assert SHIPPED.old_in("AWS SSOX is nothing") == []


def test_a_bank_adds_to_the_registry_and_overrides_it() -> None:
    own = Registry(
        [Service(id="amazon-s3", name="Amazon S3", retired="2030-01"), Service(id="acme", name="AWS Acme")]
    )
    joined = SHIPPED.joined(own)
    assert joined.services["amazon-s3"].retired == "2030-01"
    assert next(joined.mentions("AWS Acme")).service is not None
    assert next(SHIPPED.mentions("AWS Acme")).service is None
