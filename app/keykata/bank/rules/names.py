"""The names of all rules, so that `allow:` can say which names mean nothing."""

from __future__ import annotations

from keykata.bank.drafts import Draft
from keykata.bank.suggest import did_you_mean

_NAMES = """
    right-missing count-mismatch count-typed shape-single shape-multi dup-option dup-id dup-stem near-dup
    empty-field unknown-task rationale-missing source-missing shuffle-break long-right long-right-bank clang
    absolute absolute-bank vague converge pair grammar-cue number-cue specific-right absurd right-position
    no-question not-coverable negative double-neg true-false no-qualifier too-long too-short opinion
    window-dressing all-none k-type order overlap length-spread mixed-end option-start-repeat rationale-echo
    rationale-disagrees letter-in-rationale hinged leak service-name retired out-of-scope stale exact-figure
    blueprint multi-share orphan-term untested-term item-stats typography
    review-missing text-control yaml-curly-quotes ref-unknown-term ref-unknown-item
"""
RULES = frozenset(_NAMES.split())


def allow_names(draft: Draft) -> None:
    """`allow` names rules; a name that is none is told, since it switches nothing off."""
    for name in draft.item.allow:
        if name not in RULES:
            what = (
                f"`allow` of the {draft.kind} `{draft.item.id}` names the rule `{name}`, which is not there."
            )
            hint = did_you_mean(name, RULES, "Write the code of the problem it is meant for.")
            draft.add("schema-bad-value", ("allow", name), what, hint, severity="warning")
