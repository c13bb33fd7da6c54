"""The forms in which records say which parts they have, and what that makes of the verdict."""

from __future__ import annotations

from locate.availability import (
    Availability,
    Status,
    read_holdings,
)
from locate.z3950.opac import HoldingsAndCirc, Volume

from .build import circ, opac
from .build_parts import fields, judged, kept, part

OUT, UNKNOWN = Status.UNAVAILABLE, Status.UNKNOWN


class TestMarcHoldings:
    """852, 853/863, 866 and 876."""

    PIECES = (
        "852 $b MAIN $c Stacks",
        "853 $8 1 $a v. $b no. $i (year)",
        "863 $8 1.1 $a 1 $b 1-4 $i 1990",
        "863 $8 1.2 $a 2 $b 1-4 $i 1991",
        "876 $8 1.1 $p 301 $j Available",
        "876 $8 1.2 $p 302 $j Checked out",
    )

    def test_items_take_their_piece_from_the_paired_field(self) -> None:
        """An 876 is the piece of the 863 that its $8 names."""
        found = fields(*self.PIECES)
        assert [one.barcode for one in found.items] == ["301", "302"]
        assert judged(found, part("1")).verdict is Availability.AVAILABLE
        second = judged(found, part("2", year=1991))
        assert second.verdict is Availability.UNAVAILABLE
        assert second.item is not None
        assert second.item.barcode == "302"
        assert judged(found, part("3")).not_held is True

    def test_items_without_a_link_go_by_the_record(self) -> None:
        """An 876 that names no 863 is judged by all of them."""
        found = fields(*self.PIECES[:4], "876 $p 303 $j Available")
        assert kept(found, part("2")) == {"303": True}
        assert judged(found, part("3")).not_held is True

    def test_a_paired_field_without_an_item(self) -> None:
        """A piece that 863 claims and no 876 is: the items listed are not all there are."""
        found = judged(fields(*self.PIECES[:5]), part("2"))
        assert (found.verdict, found.not_held) == (Availability.UNKNOWN, False)

    def test_an_enumeration_in_the_item_counts_before_the_link(self) -> None:
        """What 876 $3 says of its own piece is not replaced by the field that it is linked to."""
        found = fields(*self.PIECES[:4], "876 $8 1.1 $3 v.2 $p 304 $j Available")
        assert kept(found, part("2")) == {"304": True}

    def test_a_textual_statement_for_each_location(self) -> None:
        """An 866 tied to one of two 852s by $8 speaks of the copies there."""
        found = fields(
            "852 $8 1 $b MAIN",
            "852 $8 2 $b SCI",
            "866 $8 1 $a v.1-10",
            "866 $8 2 $a v.11-20",
            "876 $8 1.1 $p 301 $j Available",
            "876 $8 2.1 $p 302 $j Available",
        )
        assert kept(found, part("5")) == {"301": True}
        assert kept(found, part("15")) == {"302": True}
        assert judged(found, part("25")).not_held is True

    def test_a_statement_of_one_location_does_not_speak_of_the_other(self) -> None:
        """Where only one of two locations says which parts it has, nothing tells of the other."""
        found = fields(
            "852 $8 1 $b MAIN",
            "852 $8 2 $b SCI",
            "866 $8 1 $a v.1-10",
            "876 $8 1.1 $p 301 $j Checked out",
            "876 $8 2.1 $p 302 $j Available",
        )
        assert kept(found, part("5")) == {"301": True, "302": False}
        assert judged(found, part("5")).verdict is Availability.UNKNOWN
        assert judged(found, part("50")).not_held is False

    def test_a_statement_of_all_locations(self) -> None:
        """An 866 that names no location, or 0, speaks of the whole record."""
        for link in ("", "$8 0 "):
            found = fields(
                "852 $8 1 $b MAIN",
                "852 $8 2 $b SCI",
                f"866 {link}$a v.1-10",
                "876 $8 1.1 $p 301 $j Available",
                "876 $8 2.1 $p 302 $j Available",
            )
            assert kept(found, part("5")) == {"301": True, "302": True}
            assert judged(found, part("50")).not_held is True

    def test_a_location_without_items_has_its_statement(self) -> None:
        """An 852 with an 866 and no copies holds the part, and whether it is in is not said."""
        found = fields("852 $b MAIN", "866 $a v.1-10")
        assert judged(found, part("5")).verdict is Availability.UNKNOWN
        assert judged(found, part("50")).not_held is True


class TestAlma:
    """AVA $t and AVE $s."""

    def test_the_holdings_text_of_ava(self) -> None:
        """AVA $t says which parts a holding has, each for itself."""
        found = fields("AVA $b MAIN $e unavailable $t v.1-10", "AVA $b LAW $e available $t v.11-20", dialect="alma")
        assert judged(found, part("5")).verdict is Availability.UNAVAILABLE
        assert judged(found, part("15")).verdict is Availability.AVAILABLE
        assert judged(found, part("25")).not_held is True

    def test_a_holding_without_text_beside_one_with(self) -> None:
        """What one holding says of its parts is not said of another: that one is neither available nor not held."""
        found = fields("AVA $b LAW $e available", "AVA $b MAIN $e unavailable $t v.1-10", dialect="alma")
        assert judged(found, part("5")).verdict is Availability.UNKNOWN
        beyond = judged(found, part("50"))
        assert (beyond.verdict, beyond.not_held) == (Availability.UNKNOWN, False)

    def test_the_coverage_of_a_portfolio(self) -> None:
        """AVE $s is Alma's sentence of the years that are online."""
        found = fields("AVE $8 53 $e Available $m Journals $s Available from 1995 until 2010.", dialect="alma")
        assert judged(found, part(year=2000), physical=False).verdict is Availability.AVAILABLE
        assert judged(found, part(year=2012), physical=False).not_held is True

    def test_coverage_online_says_nothing_of_the_shelf(self) -> None:
        """The years of a portfolio make no printed volume available."""
        found = fields(
            "AVA $b MAIN $e available", "AVE $8 53 $e Available $s Available from 1990 until 2010.", dialect="alma"
        )
        assert judged(found, part(year=1995)).verdict is Availability.UNKNOWN
        assert judged(found, part(year=2020)).not_held is False


class TestOpacRecords:
    """Enumeration in circulation records, and volume lines."""

    def test_the_enumeration_of_circulation_records(self) -> None:
        """Each circulation record is a piece of its own."""
        pieces = (
            circ(now=True, item_id="1", enum_and_chron="v.1 1990"),
            circ(now=False, item_id="2", enum_and_chron="v.2 1991"),
        )
        found = read_holdings(None, opac(HoldingsAndCirc(local_location="Main", circulation=pieces)), "opac")
        assert judged(found, part("1")).verdict is Availability.AVAILABLE
        assert judged(found, part("2")).verdict is Availability.UNAVAILABLE
        assert judged(found, part("3")).not_held is True

    def test_volume_lines_are_statements_of_their_holding(self) -> None:
        """The volumes of a holding say which parts its copies are."""
        main = HoldingsAndCirc(
            local_location="Main",
            volumes=(Volume("v.1", "1990"), Volume(enum_and_chron="v.2 (1991)")),
            circulation=(circ(now=False, item_id="1"),),
        )
        law = HoldingsAndCirc(
            local_location="Law", volumes=(Volume("v.3"),), circulation=(circ(now=True, item_id="2"),)
        )
        found = read_holdings(None, opac(main, law), "opac")
        assert kept(found, part("2")) == {"1": True}
        assert judged(found, part("2")).verdict is Availability.UNAVAILABLE
        assert judged(found, part("3")).verdict is Availability.AVAILABLE
        assert judged(found, part("4")).not_held is True

    def test_a_holding_without_volume_lines_beside_one_with(self) -> None:
        """A holding that names no volumes is not spoken for by another."""
        main = HoldingsAndCirc(local_location="Main", volumes=(Volume("v.1"),), circulation=(circ(now=False),))
        law = HoldingsAndCirc(local_location="Law", circulation=(circ(now=True),))
        found = read_holdings(None, opac(main, law), "opac")
        assert judged(found, part("1")).verdict is Availability.UNKNOWN
        assert judged(found, part("2")).not_held is False
