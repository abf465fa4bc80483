"""`allow:` names rules; a name that is none switches nothing off, and is told."""

from __future__ import annotations

from keykata.bank.drafts import Draft
from keykata.bank.suggest import did_you_mean

BESIDE = (
    "yaml-curly-quotes",
    "ref-unknown-term",
    "ref-unknown-item",
)  # warnings outside the pages of the rules


def allow_names(draft: Draft) -> None:
    """Tell a name in `allow` that no rule has."""
    from keykata.bank.rules.pages import all_pages

    known = {*all_pages().pages, *BESIDE}
    for name in draft.item.allow:
        if name not in known:
            what = (
                f"`allow` of the {draft.kind} `{draft.item.id}` names the rule `{name}`, which is not there."
            )
            hint = did_you_mean(name, known, "Write the code of the problem it is meant for.")
            draft.add("schema-bad-value", ("allow", name), what, hint, severity="warning")
