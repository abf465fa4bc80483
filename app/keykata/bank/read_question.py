"""A file of questions into drafts."""

from __future__ import annotations

import msgspec

from keykata.bank.drafts import Draft, extent, place_of
from keykata.bank.findings import Sheet
from keykata.bank.kinds import QUESTION, QUESTION_DEFAULTS, QUESTION_KEYS, QUESTIONS
from keykata.bank.model import Dispute, Option, Question
from keykata.bank.nodes import MapNode, Tree, name_of
from keykata.bank.read_term import only, root_of
from keykata.bank.records import Raw
from keykata.core.digest import sha256_hex

_CANONICAL = msgspec.json.Encoder()  # of lists and texts it writes the same bytes as `canonical_json`
_PLAIN = (
    "explanation",
    "task",
    "level",
    "topics",
    "tests",
    "refs",
    "checked",
    "fixed",
    "twin",
    "alt",
    "was",
    "allow",
)


def wording(stem: str, ask: str, options: tuple[Option, ...]) -> str:
    """What makes a question the same question: 16 hex digits over its texts, not its reasons."""
    shown = sorted([(option.text, option.right) for option in options])
    return sha256_hex(_CANONICAL.encode((stem, ask, shown)))[:16]


def _option(raw: Raw, number: int, whom: str, sheet: Sheet) -> Option | None:
    values = raw.values
    right, wrong = values.get("right"), values.get("wrong")
    if right is not None and wrong is not None:
        what = f"Option {number} of {whom} has both `right` and `wrong`."
        sheet.at(raw.key, "schema-bad-value", what, "Keep one of the two.")
        return None
    text = wrong if right is None else right
    if text is None:
        if not raw.bad and raw.node_is_whole:
            what = f"Option {number} of {whom} has neither `right` nor `wrong`."
            sheet.at(raw.key, "schema-missing-field", what, "Put its text under `right:` or `wrong:`.")
        return None
    return Option(text=text, right=right is not None, why=values.get("why", ""))


def read_questions(tree: Tree, sheet: Sheet) -> list[Draft]:
    """The questions of a file that are named fields, in the order of the text."""
    root = root_of(tree, sheet)
    if root is None:
        return []
    if not isinstance(root, MapNode) or "questions" not in root.entries:
        with sheet.inside("file of questions", ""):
            QUESTIONS.read(root, sheet)
        return []
    defaults = _defaults(root, sheet)
    for name, key in root.keys.items():
        if name not in QUESTIONS.by_name:
            what = f"The file of questions has a field `{name}`, which the format does not know."
            sheet.at(key, "schema-unknown-field", what, "It knows `defaults` and `questions`.")
    under = root.entries["questions"]
    if not isinstance(under, MapNode):
        sheet.field = "questions"
        with sheet.inside("file of questions", ""):
            QUESTION_KEYS.read(under, sheet)
        return []
    drafts = []
    for name in under.entries:
        draft = _question(name, under, defaults, sheet)
        if draft is not None:
            if sheet.problems:
                draft.spoiled |= sheet.claim(name, *extent(draft.raw))
            drafts.append(draft)
    return drafts


def _defaults(root: MapNode, sheet: Sheet) -> Raw | None:
    if "defaults" not in root.entries:
        return None
    node = root.entries["defaults"]
    with sheet.inside("`defaults` of the file", ""):
        return QUESTION_DEFAULTS.read(node, sheet)


def _question(name: str, under: MapNode, defaults: Raw | None, sheet: Sheet) -> Draft | None:
    node = under.entries[name]
    key = name_of(node)
    before = sheet.errors
    sheet.item = name
    QUESTION_KEYS.check_id(name, key, sheet, taken=under.entries)
    sheet.enter("question", name)
    raw = QUESTION.read_at(node, key, sheet)
    sheet.leave()
    if raw is None:
        sheet.item = ""
        return None
    parts = raw.values.pop("options", ())  # as read they are forgotten soon: of a bank they are a great part
    values = {**defaults.values, **raw.values} if defaults is not None else raw.values
    whom = f"the question `{name}`"
    options = []
    bad = raw.bad
    for number, part in enumerate(parts, 1):
        option = _option(part, number, whom, sheet)
        if option is None or part.bad:
            bad |= {"options"}
        if option is not None:
            options.append(option)
    sheet.item = ""
    chosen = tuple(options)
    stem, ask = values.get("stem", ""), values.get("ask", "")
    question = Question(
        id=name,
        stem=stem,
        ask=ask,
        options=chosen,
        disputed=_dispute(values.get("disputed")),
        wording=wording(stem, ask, chosen),
        place=place_of(raw, sheet),
        **only(values, *_PLAIN),
    )
    inherited = defaults is not None and not defaults.bad <= raw.values.keys()
    spoiled = sheet.errors > before or bool(bad) or inherited or not raw.node_is_whole
    whole = raw if bad is raw.bad else Raw(raw.values, bad, raw.node, raw.key)
    return Draft(question, whole, sheet, spoiled=spoiled, filled=defaults.node if defaults else None)


def _dispute(raw: Raw | None) -> Dispute | None:
    if raw is None or raw.bad:
        return None
    return Dispute(**only(raw.values, "since", "claim", "links"))
