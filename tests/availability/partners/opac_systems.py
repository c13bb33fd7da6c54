"""Partners that answer with OPAC records, one row a title: what its record holds and what a librarian reads there."""

from __future__ import annotations

from typing import Any

from locate import Finding
from locate.availability import Availability
from locate.citation import RequestedFormat

from .works import Case, System, Work, hold, in_now, out_now

__all__ = ["OPAC_SYSTEMS"]

ANY = RequestedFormat.ANY
A, U, X = Availability.AVAILABLE, Availability.UNAVAILABLE, Availability.UNKNOWN
NO, ONLINE = Availability.NOT_REQUESTABLE, Availability.ELECTRONIC_ONLY
NOT_CHECKED = Availability.NOT_CHECKED
CALL = "SB357 .V43 2003"

_ALMA: dict[str, Any] = {
    "local_location": "Tarnmoor University",
    "shelving_location": "Hill Stacks",
    "call_number": CALL,
}
_GEN = {"available_thru": "Gen"}
ALMA = (
    Case("one in", (hold(in_now("3901", **_GEN), **_ALMA),), A, "3901", "in Hill Stacks, available"),
    Case(
        "one out",
        (hold(out_now("3902", availability_date="12/03/2026", **_GEN), **_ALMA),),
        U,
        "3902",
        "2026-12-03",
    ),
    Case("a word nobody knows", (hold(in_now("3903", restrictions="In the loft"), **_ALMA),), X, "3903", "In the loft"),
    Case("not lent by its policy", (hold(in_now("3904", available_thru="Reading Room"), **_ALMA),), NO, "", "Reading"),
    Case(
        "not lent by its words", (hold(in_now("3905", restrictions="Library use only"), **_ALMA),), NO, "", "use only"
    ),
    Case(
        "in a temporary place",
        (hold(in_now("3906", temporary_location="Course Reserves", **_GEN), **_ALMA),),
        A,
        "3906",
        "Course Reserves",
    ),
    Case(
        "two, one in",
        (hold(out_now("3907", availability_date="12/03/2026"), in_now("3908"), **_ALMA),),
        A,
        "3908",
        "one in Hill Stacks, on loan until 2026-12-03; one in Hill Stacks, available",
    ),
    Case("in, but another reader waits", (hold(in_now("3909", on_hold=True), **_ALMA),), X, "3909", "Hill Stacks"),
    Case("no holdings, printed", (), X, "", "not known"),
    Case("no holdings, electronic, any form wanted", (), X, "", "electronic", Work.EBOOK, ANY),
    Case("no holdings, electronic", (), NOT_CHECKED, "", "electronic", Work.EBOOK, finding=Finding.NOT_FOUND),
    Case(
        "a serial, one volume in",
        (
            hold(
                out_now("3910", enum_and_chron="v.6 (2002)", availability_date="12/03/2026"),
                in_now("3911", enum_and_chron="v.7 (2003)"),
                **_ALMA,
            ),
        ),
        A,
        "3911",
        "2 copies",
        Work.SERIAL,
    ),
)

_ALEPH: dict[str, Any] = {"local_location": "Main Library", "shelving_location": "Open Shelf", "call_number": CALL}
ALEPH = (
    Case("one in", (hold(in_now("AL1"), **_ALEPH),), A, "AL1", "in Open Shelf, available"),
    Case("one out", (hold(out_now("AL2", availability_date="20261203"), **_ALEPH),), U, "AL2", "2026-12-03"),
    Case("a word nobody knows", (hold(in_now("AL3", restrictions="Ask Wilma"), **_ALEPH),), X, "AL3", "Ask Wilma"),
    Case("not lent", (hold(in_now("AL4", restrictions="Reference only"), **_ALEPH),), NO, "", "Reference only"),
    Case("online", (hold(local_location="Main Library", shelving_location="Online"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now("AL5", temporary_location="Display"), **_ALEPH),), A, "AL5", "in Display"),
    Case("two, one in", (hold(out_now("AL6"), in_now("AL7"), **_ALEPH),), A, "AL7", "one in Open Shelf, available"),
)

_SIERRA: dict[str, Any] = {"local_location": "Adult Circulation", "call_number": CALL}
SIERRA = (
    Case("one in", (hold(public_note="AVAILABLE", **_SIERRA),), A, CALL, "in Adult Circulation, available"),
    Case("just returned", (hold(public_note="CHECK SHELVES", **_SIERRA),), A, CALL, "available"),
    Case("one out", (hold(public_note="DUE 12-03-26", **_SIERRA),), U, CALL, "on loan until 2026-12-03"),
    Case("out, readers wait", (hold(public_note="DUE 12-03-26 +2 HOLDS", **_SIERRA),), U, CALL, "2026-12-03"),
    Case("on the hold shelf", (hold(public_note="ON HOLDSHELF", **_SIERRA),), U, CALL, "ON HOLDSHELF"),
    Case("between houses, a reader waits", (hold(public_note="IN TRANSIT +1 HOLD", **_SIERRA),), U, CALL, "TRANSIT"),
    Case("a word nobody knows", (hold(public_note="ASK AT DESK", **_SIERRA),), X, CALL, "ASK AT DESK"),
    Case("no word", (hold(**_SIERRA),), X, CALL, "not known"),
    Case("not lent", (hold(public_note="LIB USE ONLY", **_SIERRA),), NO, "", "LIB USE ONLY"),
    Case("online", (hold(local_location="Internet", public_note="AVAILABLE"),), ONLINE, "", "electronic"),
    Case(
        "two, one in",
        (
            hold(public_note="DUE 12-03-26", local_location="Youth", call_number="J 634"),
            hold(public_note="AVAILABLE", **_SIERRA),
        ),
        A,
        CALL,
        "one in Adult Circulation, available",
    ),
)
MILLENNIUM = (
    Case("one in", (hold(public_note="AVAILABLE", **_SIERRA),), A, CALL, "in Adult Circulation, available"),
    Case("just returned", (hold(public_note="CHECK SHELF", **_SIERRA),), A, CALL, "available"),
    Case("one out", (hold(public_note="DUE 01-11-27", **_SIERRA),), U, CALL, "on loan until 2027-01-11"),
    Case("overdue", (hold(public_note="OVERDUE 01-11-23", **_SIERRA),), U, CALL, "2023-01-11"),
    Case("a word nobody knows", (hold(public_note="IN THE BARN", **_SIERRA),), X, CALL, "IN THE BARN"),
    Case("not lent", (hold(public_note="LIB USE ONLY", **_SIERRA),), NO, "", "LIB USE ONLY"),
    Case("online", (hold(local_location="E-Books", public_note="AVAILABLE"),), ONLINE, "", "electronic"),
    Case(
        "two, one in",
        (hold(public_note="MISSING", **_SIERRA), hold(public_note="CHECK SHELF", **_SIERRA)),
        A,
        CALL,
        "one in Adult Circulation, available",
    ),
)

_VOYAGER: dict[str, Any] = {
    "type_of_record": "x",
    "nuc_code": "tmstx",
    "local_location": "Tarnmoor Stacks",
    "call_number": CALL,
}
VOYAGER = (
    Case("one in", (hold(in_now("70011"), **_VOYAGER),), A, CALL, "Tarnmoor Stacks: available"),
    Case("one out", (hold(out_now("70012", availability_date="20261203"), **_VOYAGER),), U, CALL, "2026-12-03"),
    Case("a word nobody knows", (hold(in_now("70013", restrictions="Under ivy"), **_VOYAGER),), X, CALL, "Under ivy"),
    Case("not lent", (hold(in_now("70014", restrictions="Non-circulating"), **_VOYAGER),), NO, "", "Non-circ"),
    Case(
        "not lent there", (hold(in_now("70015", temporary_location="24-Hour Reserve"), **_VOYAGER),), NO, "", "24-Hour"
    ),
    Case("online", (hold(nuc_code="online", local_location="Online"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now("70016", temporary_location="New Books"), **_VOYAGER),), A, CALL, "in New Books"),
    Case(
        "two, one in",
        (
            hold(out_now("70017"), **{**_VOYAGER, "call_number": "634 V43"}),
            hold(in_now("70018"), **_VOYAGER),
        ),
        A,
        CALL,
        "2 copies at Tarnmoor Stacks",
    ),
)

_HORIZON: dict[str, Any] = {"local_location": "Central", "shelving_data": "Garden Room", "call_number": CALL}
HORIZON = (
    Case("one in", (hold(in_now(" ", available_thru="Available"), **_HORIZON),), A, CALL, "in Garden Room, available"),
    Case(
        "one in, as another site writes",
        (
            hold(
                in_now(" ", restrictions="Central"),
                local_location="Central",
                shelving_location="Adult Stacks",
                call_number="VEDDLE",
                shelving_data="Checked In",
            ),
        ),
        A,
        "VEDDLE",
        "in Adult Stacks, available",
    ),
    Case(
        "one out",
        (hold(out_now(" ", available_thru="Checked Out", availability_date="2026-12-03"), **_HORIZON),),
        U,
        CALL,
        "2026-12-03",
    ),
    Case("lost, though available", (hold(in_now(" ", available_thru="Lost"), **_HORIZON),), X, CALL, "Lost"),
    Case(
        "out, a word nobody knows", (hold(out_now(" ", available_thru="Astray"), **_HORIZON),), U, CALL, "Garden Room"
    ),
    Case("not lent", (hold(in_now(" ", available_thru="Library Use Only"), **_HORIZON),), NO, "", "Library Use Only"),
    Case("online", (hold(in_now(" "), local_location="Internet"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now(" ", temporary_location="Fair Tent"), **_HORIZON),), A, CALL, "in Fair Tent"),
    Case(
        "two, one in",
        (hold(out_now(" ", available_thru="Checked Out"), in_now("H2", available_thru="Available"), **_HORIZON),),
        A,
        "H2",
        "one in Garden Room, available",
    ),
)

_FOLIO: dict[str, Any] = {
    "type_of_record": "c",
    "nuc_code": "Tarnmoor College",
    "local_location": "Main Library",
    "shelving_location": "Main",
    "call_number": f" {CALL} ",
}
_MAIN = {"available_thru": "Book", "temporary_location": "Main"}
FOLIO = (
    Case("one in", (hold(in_now("F1", **_MAIN), **_FOLIO),), A, "F1", "in Main, available"),
    Case(
        "one out",
        (hold(out_now("F2", restrictions="Checked out", availability_date="2026-12-03", **_MAIN), **_FOLIO),),
        U,
        "F2",
        "2026-12-03",
    ),
    Case("on order", (hold(out_now("F3", **_MAIN), **_FOLIO),), U, "F3", "in Main"),
    Case("paged", (hold(out_now("F4", restrictions="Paged", **_MAIN), **_FOLIO),), U, "F4", "Paged"),
    Case("a word nobody knows", (hold(out_now("F5", restrictions="Pressed", **_MAIN), **_FOLIO),), X, "F5", "Pressed"),
    Case("status unknown", (hold(out_now("F6", restrictions="Unknown", **_MAIN), **_FOLIO),), X, "F6", "Unknown"),
    Case("not lent", (hold(out_now("F7", restrictions="Restricted", **_MAIN), **_FOLIO),), NO, "", "Restricted"),
    Case("online", (hold(local_location="Main Library", shelving_location="Online"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now("F8", temporary_location="Main Reserve"), **_FOLIO),), A, "F8", "in Main Reserve"),
    Case(
        "two, one in",
        (
            hold(out_now("F9", restrictions="Aged to lost", **_MAIN), **_FOLIO),
            hold(in_now("F10", **_MAIN), copy_number="2", **_FOLIO),
        ),
        A,
        "F10",
        "one in Main, available",
    ),
)

_WMS: dict[str, Any] = {"local_location": "TMRN", "shelving_location": "General Collection", "call_number": CALL}
WMS = (
    Case("one in", (hold(in_now("0111"), **_WMS),), A, "0111", "at TMRN: in General Collection, available"),
    Case("one out", (hold(out_now("0112", availability_date="2026-12-03"), **_WMS),), U, "0112", "2026-12-03"),
    Case("a word nobody knows", (hold(in_now("0113", restrictions="Half bound"), **_WMS),), X, "0113", "Half bound"),
    Case("not lent", (hold(in_now("0114", restrictions="Not for loan"), **_WMS),), NO, "", "Not for loan"),
    Case("online", (hold(local_location="TMRN", shelving_location="E-Resources"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now("0115", temporary_location="Exhibit"), **_WMS),), A, "0115", "in Exhibit"),
    Case(
        "two, one in", (hold(out_now("0116"), in_now("0117"), **_WMS),), A, "0117", "one in General Collection, avail"
    ),
    Case(
        "two out, one with a day in another form",
        (
            hold(out_now("0118", availability_date="Martinmas"), **_WMS),
            hold(out_now("0119", availability_date="2026-12-03"), **_WMS),
        ),
        U,
        "0119",
        "Martinmas",
    ),
)

_PLAIN: dict[str, Any] = {
    "nuc_code": "TmL",
    "local_location": "Town Library",
    "shelving_location": "Upper Floor",
    "call_number": CALL,
}
PLAIN = (
    Case("one in", (hold(in_now("P1"), **_PLAIN),), A, "P1", "in Upper Floor, available"),
    Case("one out", (hold(out_now("P2", availability_date="2026-12-03"), **_PLAIN),), U, "P2", "2026-12-03"),
    Case("a word nobody knows", (hold(in_now("P3", restrictions="Mislaid"), **_PLAIN),), X, "P3", "Mislaid"),
    Case("in and out at once", (hold(in_now("P4", restrictions="On loan"), **_PLAIN),), X, "P4", "On loan"),
    Case("lost by its note", (hold(out_now("P5"), public_note="Missing", **_PLAIN),), U, "P5", "Missing"),
    Case("a note that is no status", (hold(in_now("P6"), public_note="With maps", **_PLAIN),), A, "P6", "available"),
    Case("not lent", (hold(in_now("P7", restrictions="Does not circulate"), **_PLAIN),), NO, "", "Does not circulate"),
    Case("hidden", (hold(in_now("P8", restrictions="Staff only"), **_PLAIN),), NO, "", "Staff only"),
    Case("online", (hold(local_location="Online resources"),), ONLINE, "", "electronic"),
    Case("temporary", (hold(in_now("P9", temporary_location="Foyer"), **_PLAIN),), A, "P9", "in Foyer"),
    Case("no temporary place", (hold(in_now("P10", temporary_location="None"), **_PLAIN),), A, "P10", "in Upper Floor"),
    Case("two, one in", (hold(out_now("P11"), in_now("P12"), **_PLAIN),), A, "P12", "one in Upper Floor, available"),
    Case("no circulation", (hold(**_PLAIN),), X, CALL, "in Upper Floor"),
    Case("no holdings", (), X, "", "not known"),
)

OPAC_SYSTEMS = (
    System("alma by OPAC", "alma", "opac", ALMA, deny_policies=("Reading Room",)),
    System("aleph by OPAC", "aleph", "opac", ALEPH),
    System("sierra", "sierra", "opac", SIERRA),
    System("millennium", "millennium", "opac", MILLENNIUM),
    System("voyager", "voyager", "opac", VOYAGER, deny_locations=("24-Hour Reserve",)),
    System("horizon", "horizon", "opac", HORIZON),
    System("folio", "folio", "opac", FOLIO),
    System("wms", "wms", "opac", WMS),
    System("opac", "opac", "opac", PLAIN),
)
