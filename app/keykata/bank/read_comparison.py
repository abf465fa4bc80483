"""A comparison file into a draft."""

from __future__ import annotations

from typing import Any

from keykata.bank.drafts import WHOLE_FILE, Draft, place_of
from keykata.bank.findings import Sheet
from keykata.bank.kinds import ASPECT, COMPARISON
from keykata.bank.model import Aspect, Comparison, Decision, Scenario, Sorter, Subject
from keykata.bank.nodes import Node, Tree, key_of, spot
from keykata.bank.read_term import file_id, only, parts_of, root_of, unique_parts
from keykata.bank.records import Raw
from keykata.bank.suggest import did_you_mean


def _list(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


class _Reader:
    """The parts of one comparison, held against its subjects."""

    def __init__(self, raw: Raw, sheet: Sheet) -> None:
        self.raw = raw
        self.sheet = sheet
        self.columns = tuple(raw.values.get("subjects", {}))
        defaults: Raw | None = raw.values.get("defaults")
        self.filled: dict[str, Any] = defaults.values if defaults is not None else {}

    def subject(self, name: str, node: Node | None, where: str) -> None:
        """A subject that is named must be a column."""
        if name in self.columns or not self.columns:
            return
        what = f"{where} names the subject `{name}`, which is no column."
        hint = did_you_mean(name, self.columns, f"The columns are {_list(self.columns)}.")
        self.sheet.at(node or self.raw.key, "ref-unknown-subject", what, hint)

    def subjects(self) -> tuple[Subject, ...]:
        """The columns."""
        return tuple(
            Subject(id=key, **only(part.values, "term", "phrase", "name"))
            for key, part in parts_of(self.raw, "subjects")
        )

    def decisions(self) -> tuple[Decision, ...]:
        """The deciding tree."""
        out = []
        rows: tuple[Raw, ...] = self.raw.values.get("decide", ())
        for number, part in enumerate(rows, 1):
            values, where = part.values, f"Line {number} of `decide`"
            target = values.get("then", values.get("else"))
            if part.bad:
                continue
            if ("else" in values) == ("if" in values) or ("then" in values) != ("if" in values):
                what = f"{where} must be `if` with `then`, or `else` alone."
                self.sheet.at(part.key, "schema-bad-value", what, "Write `if: question` and `then: subject`.")
                continue
            if "else" in values and number < len(rows):
                what = f"{where} is `else`, but more lines follow it."
                self.sheet.at(part.key, "schema-bad-value", what, "Put `else` on the last line.")
            self.subject(str(target), spot(part.node, "then" if "then" in values else "else"), where)
            out.append(Decision(condition=values.get("if", ""), subject=str(target)))
        return tuple(out)

    def aspects(self) -> tuple[Aspect, ...]:
        """The rows."""
        for key, part in self.raw.values.get("aspects", {}).items():
            self._cells(key, part)
        return tuple(
            Aspect(
                id=key,
                line=part.place[0] + 1,
                cells={column: part.values["cells"].get(column) or "" for column in self.columns},
                **{**only(self.filled, "refs"), **only(part.values, "label", "ask", "why", "refs", "was")},
            )
            for key, part in parts_of(self.raw, "aspects")
        )

    def _cells(self, key: str, part: Raw) -> None:
        cells: dict[str, str | None] = part.values.get("cells", {})
        if not self.columns:
            return
        for name in cells:
            if name not in self.columns:
                known = (*self.columns, *ASPECT.by_name)
                what = f"The aspect `{key}` has a field `{name}`, which is neither a subject nor a field."
                hint = did_you_mean(name, known, f"The columns are {_list(self.columns)}.")
                self.sheet.at(key_of(part.node, name) or part.key, "schema-unknown-field", what, hint)
        missing = [column for column in self.columns if column not in cells]
        if missing and part.node_is_whole:
            what = f"The aspect `{key}` has no cell for {_list(missing)}."
            self.sheet.at(part.key, "schema-missing-field", what, f"Add `{missing[0]}:` with the answer.")
        ask = part.values.get("ask")
        if ask is not None and "{subject}" not in ask:
            what = f"`ask` of the aspect `{key}` does not hold `{{subject}}`."
            hint = "Write {subject} where the name of the column belongs."
            self.sheet.at(spot(part.node, "ask") or part.key, "schema-bad-value", what, hint)

    def sorter(self) -> Sorter | None:
        """The drill."""
        raw: Raw | None = self.raw.values.get("sorter")
        if raw is None:
            return None
        for key, part in parts_of(raw, "scenarios"):
            where = f"The scenario `{key}`"
            self.subject(part.values["fits"], spot(part.node, "fits"), where)
            for other in part.values.get("others", {}):
                self.subject(other, key_of(spot(part.node, "not"), other), where)
        scenarios = tuple(
            Scenario(
                id=key,
                line=part.place[0] + 1,
                **{
                    **only(self.filled, "refs"),
                    **only(part.values, "say", "fits", "because", "others", "refs", "was"),
                },
            )
            for key, part in parts_of(raw, "scenarios")
        )
        return Sorter(title=raw.values.get("title", ""), scenarios=scenarios, **only(raw.values, "rule"))


def _parts_once(raw: Raw, name: str, sheet: Sheet) -> None:
    sorter: Raw | None = raw.values.get("sorter")
    scenarios = sorter.values.get("scenarios", {}) if sorter is not None else {}
    both = Raw({**raw.values, "scenarios": scenarios}, raw.bad, raw.node, raw.key)
    unique_parts(both, ("aspects", "scenarios"), f"the comparison `{name}`", sheet)


def read_comparison(tree: Tree, sheet: Sheet) -> list[Draft]:
    """The comparison of a file: one draft, or none when there is nothing to read."""
    root = root_of(tree, sheet)
    if root is None:
        return []
    name = file_id(tree, sheet)
    sheet.item = name
    with sheet.inside("comparison", name):
        raw = COMPARISON.read(root, sheet)
        if raw is None:
            sheet.item = ""
            return []
        _parts_once(raw, name, sheet)
        reader = _Reader(raw, sheet)
        values = {**only(reader.filled, "refs", "checked"), **raw.values}
        comparison = Comparison(
            id=values.get("id", name),
            title=values.get("title", ""),
            subjects=reader.subjects(),
            decide=reader.decisions(),
            aspects=reader.aspects(),
            sorter=reader.sorter(),
            place=place_of(raw, sheet),
            **only(values, "refs", "checked", "was", "allow"),
        )
    sheet.item = ""
    sheet.claim(name, *WHOLE_FILE)
    defaults: Raw | None = raw.values.get("defaults")
    spoiled = sheet.errors > 0 or not raw.node_is_whole
    return [Draft(comparison, raw, sheet, spoiled=spoiled, filled=defaults.node if defaults else None)]
