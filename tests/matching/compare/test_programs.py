"""Computer files beside texts of the same title."""

from __future__ import annotations

from locate.matching.compare.kinds import compare_type
from locate.matching.views import RecordView
from locate.records.bib import Carrier
from tests.matching.build import bib

PROGRAM = "00000cms a2200000 i 4500"
TEXT = "00000cas a2200000 i 4500"


def test_a_computer_file_is_not_the_text_of_its_title() -> None:
    """Leader/06 tells program and text apart, unless both are online: e-books have been coded either way."""
    text = RecordView(bib("Rivers", leader=TEXT))
    online = frozenset([Carrier.ELECTRONIC])
    assert compare_type(RecordView(bib("Rivers", leader=PROGRAM, carriers=frozenset())), text) == "type.conflict"
    both = [RecordView(bib("Rivers", leader=leader, carriers=online)) for leader in (PROGRAM, TEXT)]
    assert compare_type(*both) == "type.equal"
