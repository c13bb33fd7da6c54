"""Pairs as lines of JSON: what is judged, what is set aside, and why."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from locate.citation import Citation
from locate.matching import Agreement, Matcher
from locate.matching.pairs import JudgedPair, PairJudge, RefusedPair
from locate.records import BibRecord, read_record, split_marc, to_marcxml

SAMPLE = Path(__file__).parents[2] / "sample_marc" / "koha.mrc"
RAW = next(raw for raw in split_marc(SAMPLE.read_bytes()) if b"Programming perl" in raw)
MARC = base64.b64encode(RAW).decode("ascii")
WANTED = {"title": "Programming perl", "author": "Wall", "year": 1992}
PAIR = {"id": 7, "citation": WANTED, "record": {"marc": MARC}}


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["marc", "marcxml", "title", "isbn", "year"]) | st.text(max_size=3), inner)
    ),
    max_leaves=8,
)


def record() -> BibRecord:
    """Return the record of the pairs."""
    found = read_record(RAW, "marc21")
    assert isinstance(found, BibRecord)
    return found


def judged(pair: Any) -> JudgedPair:
    """Return what a line comes to that is to be judged."""
    answer = PairJudge().judge(json.dumps(pair).encode())
    assert isinstance(answer, JudgedPair)
    return answer


def refused(line: bytes) -> RefusedPair:
    """Return what a line comes to that is to be set aside."""
    answer = PairJudge().judge(line)
    assert isinstance(answer, RefusedPair)
    return answer


class TestJudged:
    """Lines that are pairs."""

    def test_a_citation(self) -> None:
        """The answer is the matcher's on the citation and the record that the line holds."""
        answer = judged(PAIR)
        assert answer.wanted == Citation.from_mapping(WANTED)
        assert answer.match == Matcher().judge(answer.wanted, record())
        assert answer.to_mapping() == {
            "id": 7,
            "verdict": "same",
            "score": answer.match.score,
            "probability": round(answer.match.probability, 4),
            "reasons": answer.reasons,
        }

    def test_a_reference(self) -> None:
        """A record may stand where the citation stands."""
        answer = judged({"id": "r", "reference": {"marc": MARC}, "record": {"marc": MARC}})
        assert isinstance(answer.wanted, BibRecord)
        assert answer.wanted.control_number == record().control_number
        assert answer.match == Matcher().judge(record(), record())
        assert answer.match.verdict == "same"

    def test_reasons(self) -> None:
        """The sentence comes first, then what each feature says that is not silent, the heaviest first."""
        answer = judged({**PAIR, "citation": {**WANTED, "format": "electronic"}})
        told = {one.why: abs(one.weight) for one in answer.match.evidence if one.verdict is not Agreement.SILENT}
        first, *rest = answer.reasons
        assert first == answer.match.sentence
        assert sorted(rest) == sorted(told)
        assert [told[why] for why in rest] == sorted(told.values(), reverse=True)

    @pytest.mark.parametrize("kind", ["record", "reference"])
    def test_marcxml(self, kind: str) -> None:
        """MARCXML as text is read as the same record in base64 is, also when it claims another encoding."""
        pair = {"reference": {"marc": MARC}, "record": {"marc": MARC}}
        text = to_marcxml(record()).decode("utf-8")
        assert not text.startswith("<?xml")
        declared = f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'
        answer = judged({**pair, kind: {"marcxml": declared}})
        assert answer.match == judged(pair).match

    @pytest.mark.parametrize("name", [None, 0, "a", [1, {"b": None}], True, 1.5, "\ud800"])
    def test_ids(self, name: Any) -> None:
        """The id is any JSON value; it is given back as it is."""
        assert judged({**PAIR, "id": name}).to_mapping()["id"] == name

    def test_no_id(self) -> None:
        """A line without an id has none in the answer."""
        assert judged({"citation": WANTED, "record": {"marc": MARC}}).id is None

    def test_further_keys(self) -> None:
        """What else a line or a record carries is left alone."""
        extra = {**PAIR, "label": 1, "reference": None, "record": {"marc": MARC, "marcxml": None, "source": "x"}}
        assert judged(extra).match == judged(PAIR).match

    def test_base64_in_lines(self) -> None:
        """Base64 may be broken into lines, as the command base64 writes it."""
        broken = base64.encodebytes(RAW).decode("ascii")
        assert judged({**PAIR, "record": {"marc": broken}}).match == judged(PAIR).match

    @pytest.mark.parametrize(
        ("before", "after"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"  ", b" \t\n"), (b"", b"")]
    )
    def test_around_the_object(self, before: bytes, after: bytes) -> None:
        """A byte order mark, blanks and any line end may stand around the object."""
        answer = PairJudge().judge(before + json.dumps(PAIR).encode() + after)
        assert answer == judged(PAIR)

    def test_a_key_twice_with_the_same_value(self) -> None:
        """A key that is repeated with its value changes nothing."""
        line = json.dumps(PAIR)
        assert PairJudge().judge(f'{{"id": 7, {line[1:]}'.encode()) == judged(PAIR)

    def test_records_are_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same record in several lines is read once."""
        read: list[bytes] = []

        def reading(data: bytes, syntax: str) -> Any:
            read.append(data)
            return read_record(data, syntax)

        monkeypatch.setattr("locate.matching.pairs.read_record", reading)
        judge = PairJudge()
        line = json.dumps({"reference": {"marc": MARC}, "record": {"marc": MARC}}).encode()
        assert judge.judge(line) == judge.judge(line)
        assert read == [RAW]


@pytest.mark.parametrize("line", [b"", b"\n", b"  \r\n", b"\xef\xbb\xbf\n"])
def test_blank_lines(line: bytes) -> None:
    """A blank line is no pair and no mistake."""
    assert PairJudge().judge(line) is None


class TestRefused:
    """Lines that are set aside."""

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{", "the line is no JSON: Expecting property name enclosed in double quotes, column 2"),
            (b'{"id": 1} x', "the line is no JSON: Extra data, column 11"),
            (b"[1]", "the line is no JSON object"),
            (b'"x"', "the line is no JSON object"),
            (b"\xff{}", "the line is not UTF-8: byte 1 fits no character"),
            (b"[" * 100_000, "the line is no JSON that can be read: maximum recursion depth exceeded"),
            (b'{"id": NaN}', "the line is no JSON that can be read: NaN is no number that JSON can tell"),
            (b'{"id": 1e999}', "the line is no JSON that can be read: 1e999 is no number that JSON can tell"),
            (b'{"id": %s}' % (b"1" * 5000), "the line is no JSON that can be read: Exceeds the limit"),
            (b'{"id": 1, "id": 2}', "the line is no JSON that can be read: the key 'id' stands twice"),
        ],
    )
    def test_no_json(self, line: bytes, reason: str) -> None:
        """What cannot be read as an object has no id, and a reason."""
        answer = refused(line)
        assert answer.id is None
        assert answer.reason.startswith(reason)

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"citation": None}, "the line has neither a citation nor a reference; give one of the two"),
            ({"reference": {"marc": MARC}}, "the line has both a citation and a reference; give one of the two"),
            ({"citation": {}}, "the citation is empty"),
            ({"citation": {"titel": "x"}}, "unknown citation field 'titel'; did you mean 'title'?"),
            ({"citation": "x"}, "a citation is an object of fields and values, not the text 'x'"),
            ({"record": None}, "the line has no record"),
            ({"record": MARC}, 'the record is no object; give {"marc": base64} or {"marcxml": text}'),
            ({"record": {}}, "the record has neither marc nor marcxml; give one of the two"),
            ({"record": {"marc": MARC, "marcxml": "<a/>"}}, "the record has both marc and marcxml"),
            ({"record": {"marc": [1]}}, "record.marc is not text"),
            ({"record": {"marc": "!!"}}, "record.marc is no base64: "),
            ({"record": {"marc": "é"}}, "record.marc is no base64: "),
            ({"record": {"marc": MARC[:41]}}, "record.marc is no base64: "),
            ({"record": {"marc": "AAAA"}}, "record: unreadable marc21 record (3 bytes): "),
            ({"record": {"marcxml": "<a>"}}, "record: unreadable xml record (3 bytes): "),
            ({"citation": None, "reference": {"marc": "AAAA"}}, "reference: unreadable marc21 record (3 bytes): "),
            ({"citation": None, "reference": {"marc": "AAA"}}, "reference.marc is no base64: "),
        ],
    )
    def test_no_pair(self, changed: dict[str, Any], reason: str) -> None:
        """What lacks a side that can be read keeps its id, and the reason names the side."""
        answer = refused(json.dumps({**PAIR, **changed}).encode())
        assert answer.to_mapping() == {"id": 7, "error": answer.reason}
        assert answer.reason.startswith(reason)

    @given(st.binary(max_size=60))
    def test_any_bytes(self, line: bytes) -> None:
        """No bytes make the judge raise: they are blank, or set aside."""
        answer = PairJudge().judge(line)
        assert answer is None or isinstance(answer, RefusedPair)

    @given(st.dictionaries(st.sampled_from(["id", "citation", "reference", "record"]), documents))
    def test_any_object(self, pair: dict[str, Any]) -> None:
        """No object makes the judge raise; what is no pair keeps its id."""
        assert refused(json.dumps(pair).encode()).id == pair.get("id")

    def test_the_next_line(self) -> None:
        """A bad line leaves nothing behind for the next."""
        judge = PairJudge()
        judge.judge(json.dumps({**PAIR, "record": {"marc": "AAAA"}}).encode())
        assert judge.judge(json.dumps(PAIR).encode()) == judged(PAIR)
