"""What an item rests on."""

from __future__ import annotations

from urllib.parse import urlsplit

from keykata.bank.drafts import Draft
from keykata.bank.model import Severity

HOSTS = ("aws.amazon.com", "awsstatic.com")  # and every host below them, docs.aws.amazon.com first of all
_USUAL = ("https://docs.aws.amazon.com/", "https://aws.amazon.com/")


def official(address: str) -> bool:
    """Whether an address lies on a host of AWS's own documentation."""
    if address.startswith(_USUAL):
        return True
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return False
    return host in HOSTS or host.endswith(tuple("." + known for known in HOSTS))


def source_missing(draft: Draft, *, shipped: bool) -> None:
    """An item cites the documentation, and nothing else; in banks that are not shipped this is a note."""
    severity: Severity = "error" if shipped else "note"
    item = draft.item
    if not item.refs:
        what = f"The {draft.kind} `{item.id}` cites no page."
        hint = "Add `refs:` with a page of the AWS documentation."
        draft.add("source-missing", ("refs",), what, hint, severity=severity)
    for number, address in enumerate(item.refs):
        if "://" in address and not official(address):
            what = f"The {draft.kind} `{item.id}` cites `{address}`, which is not AWS documentation."
            draft.add(
                "source-missing",
                ("refs", number),
                what,
                "Cite a page of docs.aws.amazon.com.",
                severity=severity,
            )
