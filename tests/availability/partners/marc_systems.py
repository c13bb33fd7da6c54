"""Partners whose copies stand in MARC fields, one row a title: what its record holds and what a librarian reads there.

The fields are those of the bibliographic record, and of MARC holdings records inside an OPAC record.
"""

from __future__ import annotations

from locate import Finding
from locate.availability import Availability
from locate.citation import RequestedFormat

from .works import Case, Mfhd, System, Work

__all__ = ["MARC_SYSTEMS"]

ANY = RequestedFormat.ANY
A, U, X = Availability.AVAILABLE, Availability.UNAVAILABLE, Availability.UNKNOWN
NO, ONLINE = Availability.NOT_REQUESTABLE, Availability.ELECTRONIC_ONLY
NOT_CHECKED = Availability.NOT_CHECKED
CALL = "SB357 .V43"
NOT_FOUND = Finding.NOT_FOUND

_AVA = f"AVA $0 99100 $8 2210 $a 41TAR_INST $b HILL $c Stacks $d {CALL} $j stk $k 0 $p 1 $q Hill Library"
_AVE = "AVE $0 99100 $8 5310 $c 6110 $l HILL $m Orchard Online $t The orchard platform $u https://tarn.example/1"
ALMA = (
    Case("one in", (f"{_AVA} $e available $f 1 $g 0",), A, CALL, "in Stacks, available"),
    Case("all out", (f"{_AVA} $e unavailable $f 2 $g 2",), U, CALL, "2 copies at Hill Library"),
    Case("holdings to be checked", (f"{_AVA} $e check_holdings $f 3 $g 1",), X, CALL, "check_holdings"),
    Case("a word nobody knows", (f"{_AVA} $e dormant $f 1 $g 0",), X, CALL, "dormant"),
    Case("three, two in", (f"{_AVA} $e available $f 3 $g 1",), A, CALL, "2 in Stacks, available; one"),
    Case("counts that contradict", (f"{_AVA} $e available $f 2 $g 2",), X, CALL, "2 copies"),
    Case("portfolio", (f"{_AVE} $e Available",), ONLINE, "", "electronic"),
    Case("portfolio not active", (f"{_AVE} $e Not Available",), ONLINE, "", "electronic"),
    Case("portfolio, any form wanted", (f"{_AVE} $e Available",), A, "", "electronic, available", wanted=ANY),
    Case("an electronic title", (f"{_AVE} $e Available",), NOT_CHECKED, "", "elec", Work.EBOOK, finding=NOT_FOUND),
    Case("digital", ("AVD $a 41TAR_INST $b 1210 $d Tarn repository $e Available",), ONLINE, "", "electronic"),
    Case("printed copy out, portfolio in", (f"{_AVA} $e unavailable", f"{_AVE} $e Available"), U, CALL, "Hill Library"),
    Case("not lent", (_AVA.replace("Stacks", "Rare Books") + " $e available $f 1 $g 0",), NO, "", "Rare Books"),
    Case(
        "two places, one in",
        (f"{_AVA} $e unavailable $f 1 $g 1", "AVA $b LAW $q Law Library $c Desk $d K 1 $e available $f 1 $g 0"),
        A,
        "K 1",
        "Law Library, Desk, available",
    ),
)

_ALEPH_AVA = f"AVA $a TAR01 $b MAIN $c Open Shelf $d {CALL} $h N $j OPEN"
ALEPH = (
    Case("one in", (f"{_ALEPH_AVA} $e available $f 1 $g 0",), A, CALL, "at MAIN: in Open Shelf, available"),
    Case("all out", (f"{_ALEPH_AVA} $e unavailable $f 2 $g 2",), U, CALL, "2 copies at MAIN"),
    Case("more than ten", (f"{_ALEPH_AVA} $e check_holdings $f 14",), X, CALL, "check_holdings"),
    Case("a word nobody knows", (f"{_ALEPH_AVA} $e dormant $f 1 $g 0",), X, CALL, "dormant"),
    Case("two, one in", (f"{_ALEPH_AVA} $e available $f 2 $g 1",), A, CALL, "one in Open Shelf, available; one"),
    Case("not lent", (_ALEPH_AVA.replace("Open Shelf", "Reading Room") + " $e available",), NO, "", "Reading Room"),
)

_KOHA = f"952 $0 0 $1 0 $4 0 $5 0 $7 0 $a TM $b TM $c STACK $8 ADULT $o {CALL} $y BK"
KOHA = (
    Case("one in", (f"{_KOHA} $p K1",), A, "K1", "at TM: in STACK, available"),
    Case("in, though $k says otherwise", (f"{_KOHA} $p K2 $k Checked Out",), A, "K2", "available"),
    Case("one out", (f"{_KOHA} $p K3 $q 2026-12-03",), U, "K3", "on loan until 2026-12-03"),
    Case("out, with the hour", (f"{_KOHA} $p K3 $q 2026-12-03 23:59:00",), U, "K3", "on loan until 2026-12-03"),
    Case("a flag nobody knows", (f"{_KOHA.replace('$7 0', '$7 soon')} $p K4",), X, "K4", "soon"),
    Case("no flags", ("952 $a TM $c STACK $p K5",), X, "K5", "not known"),
    Case("withdrawn", (f"{_KOHA.replace('$0 0', '$0 1')} $p K6",), U, "K6", "not available"),
    Case("lost", (f"{_KOHA.replace('$1 0', '$1 2')} $p K6",), U, "K6", "not available"),
    Case("on order", (f"{_KOHA.replace('$7 0', '$7 -1')} $p K7",), U, "K7", "not available"),
    Case("not for loan", (f"{_KOHA.replace('$7 0', '$7 1')} $p K8",), NO, "", "not for loan"),
    Case("restricted", (f"{_KOHA.replace('$5 0', '$5 1')} $p K8",), NO, "", "restricted"),
    Case("hidden", ("942 $n 1", f"{_KOHA} $p K9"), NO, "", "hidden"),
    Case("online", (f"{_KOHA.replace('STACK', 'ONLINE')}",), ONLINE, "", "electronic"),
    Case("at another house for now", (f"{_KOHA.replace('$b TM', '$b FERRY')} $p K10",), A, "K10", "FERRY"),
    Case("two, one in", (f"{_KOHA} $p K11 $q 2026-12-03", f"{_KOHA} $p K12"), A, "K12", "one in STACK, available"),
    Case(
        "a serial, one volume in",
        (f"{_KOHA} $p K13 $h v.6 $q 2026-12-03", f"{_KOHA} $p K14 $h v.7"),
        A,
        "K14",
        "one in STACK, available",
        Work.SERIAL,
    ),
)

_EVERGREEN = "852 4# $a Main $b TARN $c 634 VED $d TARN"
EVERGREEN = (
    Case("one in", (f"{_EVERGREEN} $g E1 $n Available",), A, "E1", "at TARN: in Main, available"),
    Case("one out", (f"{_EVERGREEN} $g E2 $n Checked out",), U, "E2", "Checked out"),
    Case("just returned", (f"{_EVERGREEN} $g E3 $n Reshelving",), U, "E3", "Reshelving"),
    Case("a word nobody knows", (f"{_EVERGREEN} $g E4 $n Under glass",), X, "E4", "Under glass"),
    Case("not lent", (_EVERGREEN.replace("Main", "Reference") + " $g E5 $n Available",), NO, "", "Reference"),
    Case("not lent by its word", (f"{_EVERGREEN} $g E5 $n Non-lending",), NO, "", "Non-lending"),
    Case(
        "circulates elsewhere", (_EVERGREEN.replace("$d TARN", "$d FERRY") + " $g E6 $n Available",), A, "E6", "FERRY"
    ),
    Case(
        "two, one in", (f"{_EVERGREEN} $g E7 $n In transit", f"{_EVERGREEN} $g E8 $n Available"), A, "E8", "In transit"
    ),
)
_EXPORT = "852 4# $b TARN $c Stacks $j 634 VED $t 1"
EVERGREEN_EXPORT = (
    Case(
        "owned by one, circulating at another",
        ("852 4# $b TARN $b FERRY $c Stacks $j 634 VED $p X0 $s Available",),
        A,
        "X0",
        "One copy at TARN: ",
    ),
    Case("one in", (f"{_EXPORT} $p X1 $s Available",), A, "X1", "in Stacks, available"),
    Case("one out", (f"{_EXPORT} $p X2 $s Checked out",), U, "X2", "Checked out"),
    Case("a word nobody knows", (f"{_EXPORT} $p X3 $s Under glass",), X, "X3", "Under glass"),
    Case("not lent", (f"{_EXPORT} $p X4 $s Available $x noncirculating",), NO, "", "noncirculating"),
    Case("not to be held", (f"{_EXPORT} $p X5 $s Available $x unholdable",), NO, "", "unholdable"),
    Case("hidden", (f"{_EXPORT} $p X6 $s Available $x hidden",), NO, "", "hidden"),
    Case("two, one in", (f"{_EXPORT} $p X7 $s Lost", f"{_EXPORT} $p X8 $s Available"), A, "X8", "in Stacks, available"),
)

_SYMPHONY = f"926 $a HILL $c {CALL} $d BOOK $f 1"
SYMPHONY = (
    Case("one in", (f"{_SYMPHONY} $b STACKS",), A, CALL, "at HILL: in STACKS, available"),
    Case("two in", (f"{_SYMPHONY.replace('$f 1', '$f 2')} $b STACKS",), A, CALL, "2 copies at HILL"),
    Case("one out", (f"{_SYMPHONY} $b CHECKEDOUT",), U, CALL, "CHECKEDOUT"),
    Case("waiting for a reader", (f"{_SYMPHONY} $b HOLDS",), U, CALL, "HOLDS"),
    Case("a shelf nobody knows", (f"{_SYMPHONY} $b ATTIC",), X, CALL, "ATTIC"),
    Case("not lent", (f"{_SYMPHONY} $b RARE",), NO, "", "RARE"),
    Case("on the internet", ("926 $a HILL $b INTERNET $c ONLINE $d E-BOOK $f 1",), ONLINE, "", "electronic"),
    Case("two, one in", (f"{_SYMPHONY} $b LOST", f"{_SYMPHONY} $b STACKS"), A, CALL, "STACKS, available"),
)
_SYMPHONY_999 = f"999 $a {CALL} $w LC $c 1 $m HILL $t BOOK"
SYMPHONY_EXPORT = (
    Case("at home", (f"{_SYMPHONY_999} $i S1 $l STACKS",), X, "S1", "STACKS"),
    Case("one out", (f"{_SYMPHONY_999} $i S2 $l STACKS $k CHECKEDOUT",), U, "S2", "CHECKEDOUT"),
    Case("on its shelf now", (f"{_SYMPHONY_999} $i S3 $l STACKS $k STACKS",), A, "S3", "in STACKS, available"),
    Case("a shelf nobody knows", (f"{_SYMPHONY_999} $i S4 $l STACKS $k ATTIC",), X, "S4", "ATTIC"),
    Case("not lent", (f"{_SYMPHONY_999} $i S5 $l RARE",), NO, "", "RARE"),
    Case("two, one in", (f"{_SYMPHONY_999} $i S6 $k LOST", f"{_SYMPHONY_999} $i S7 $k STACKS"), A, "S7", "LOST"),
)

_POLARIS = "852 $a Main Library $b Adult nonfiction $h 634 Ved $o 2 $w Hardcover $y 1"
POLARIS = (
    Case("one in", (f"{_POLARIS} $p 311 $r In",), A, "311", "in Adult nonfiction, available"),
    Case("one out", (f"{_POLARIS} $p 312 $r Out $u Dec 3 2026",), U, "312", "on loan until 2026-12-03"),
    Case("one out, in numbers", (f"{_POLARIS} $p 313 $r Out $u 12/03/2026",), U, "313", "on loan until 2026-12-03"),
    Case("held", (f"{_POLARIS} $p 314 $r Held",), U, "314", "Held"),
    Case("a word nobody knows", (f"{_POLARIS} $p 315 $r Gone Fishing",), X, "315", "Gone Fishing"),
    Case("not lent", (f"{_POLARIS} $p 316 $r Non Circulating",), NO, "", "Non Circulating"),
    Case("e-book", ("852 $a Main Library $b E-Books $h 634 Ved $r In $w eBook",), ONLINE, "", "electronic"),
    Case(
        "two, one in", (f"{_POLARIS} $p 317 $r Lost", f"{_POLARIS} $p 318 $r In"), A, "318", "in Adult nonfiction, ava"
    ),
)

_TLC = f"982 $a WSTK $b Warden Library $c STACKS $m {CALL} $s A"
TLC = (
    Case("one in", (f"{_TLC} $1 y $i 3001",), A, "3001", "at Warden Library: in STACKS, available"),
    Case("one out", (f"{_TLC} $1 n $i 3002",), U, "3002", "not available"),
    Case("a word nobody knows", (f"{_TLC} $1 q $i 3003",), X, "3003", "(q)"),
    Case("no word", (f"{_TLC} $i 3004",), X, "3004", "not known"),
    Case("not lent", (_TLC.replace("STACKS", "REFERENCE") + " $1 y $i 3005",), NO, "", "REFERENCE"),
    Case("e-book", ("982 $1 y $a WEBK $b Warden Library $c E-BOOK (DDA) $i e1",), ONLINE, "", "electronic"),
    Case("two, one in", (f"{_TLC} $1 n $i 3006", f"{_TLC} $1 y $i 3007"), A, "3007", "one in STACKS, available"),
)

_STACKS = "852 0# $8 1 $a TmL $b Main $c Stacks $h SB357 $i .V43"
GENERIC = (
    Case("one in", (_STACKS, "876 $8 1.1 $a i1 $p G1 $j Available"), A, "G1", "at Main: in Stacks, available"),
    Case("one out", (_STACKS, "876 $8 1.1 $a i2 $p G2 $j Checked out"), U, "G2", "Checked out"),
    Case("a word nobody knows", (_STACKS, "876 $8 1.1 $p G3 $j By the window"), X, "G3", "By the window"),
    Case("no status", (_STACKS, "876 $8 1.1 $p G4"), X, "G4", "not known"),
    Case("a place and no item", (_STACKS,), X, CALL, "in Stacks"),
    Case("not lent", (_STACKS, "876 $8 1.1 $p G5 $j Available $h Library use only"), NO, "", "Library use only"),
    Case("online", ("852 $8 1 $b Main $c Online",), ONLINE, "", "electronic"),
    Case("temporary", (_STACKS, "876 $8 1.1 $p G6 $j Available $l Foyer"), A, "G6", "in Foyer"),
    Case(
        "two, one in",
        (_STACKS, "852 $8 2 $b Annex $c Depot", "876 $8 1.1 $p G7 $j Missing", "876 $8 2.1 $p G8 $j On shelf"),
        A,
        "G8",
        "one at Annex, Depot, available",
    ),
    Case(
        "a serial in volumes",
        (_STACKS, "866 41 $8 0 $a v.1-7 (1997-2003)", "876 $8 1.1 $3 v.7 $p G9 $j Available"),
        A,
        "G9",
        "in Stacks, available",
        Work.SERIAL,
    ),
)

_ITEM = "876 $8 1.1 $p M"
GENERIC_MFHD = (
    Case("one in", (Mfhd((_STACKS, f"{_ITEM}1 $j Available")),), A, "M1", "at Main: in Stacks, available"),
    Case("one out", (Mfhd((_STACKS, f"{_ITEM}2 $j On loan")),), U, "M2", "On loan"),
    Case("a word nobody knows", (Mfhd((_STACKS, f"{_ITEM}3 $j Pressed")),), X, "M3", "Pressed"),
    Case("no items", (Mfhd((_STACKS,)),), X, CALL, "in Stacks"),
    Case("on order", (Mfhd((_STACKS,), receipt="3"),), U, CALL, "not available"),
    Case("not lent", (Mfhd((_STACKS, f"{_ITEM}4 $j Available"), lending="b"),), NO, "", "will not lend"),
    Case("deleted", (Mfhd((_STACKS, f"{_ITEM}5 $j Available"), leader="00000dx  a2200000zn 4500"),), NO, "", "deleted"),
    Case("online", (Mfhd(("852 $8 1 $b Main $c Electronic resources",)),), ONLINE, "", "electronic"),
    Case("temporary", (Mfhd((_STACKS, f"{_ITEM}6 $j Available $l Foyer")),), A, "M6", "in Foyer"),
    Case(
        "two records, one in",
        (Mfhd((_STACKS, f"{_ITEM}7 $j Charged")), Mfhd(("852 $8 1 $b Annex $c Depot", f"{_ITEM}8 $j Available"))),
        A,
        "M8",
        "one at Annex, Depot, available",
    ),
    Case(
        "two places in one record, by their links",
        (
            Mfhd(
                (
                    _STACKS,
                    "852 $8 2 $b Annex $c Depot",
                    "853 20 $8 3 $a v. $i (year)",
                    "863 40 $8 3.1 $a 7 $i 2003",
                    "876 $8 2.1 $p M9 $j Available",
                    "876 $8 1.1 $p M10 $j Charged",
                )
            ),
        ),
        A,
        "M9",
        "one at Annex, Depot, available",
        Work.SERIAL,
    ),
)

_RESERVOIR = "999 11 $s ISIL:TM-HILL $i Tarnmoor College $l tm1 $a GEN $c SB357 $x BOOK"
RESERVOIR = (
    Case("one that is lent", (f"{_RESERVOIR} $b R1 $p LOANABLE",), X, "R1", "in GEN"),
    Case("one that is not", (f"{_RESERVOIR} $b R2 $p UNLOANABLE",), NO, "", "UNLOANABLE"),
    Case("a word nobody knows", (f"{_RESERVOIR} $b R3 $p PERHAPS",), X, "R3", "in GEN"),
    Case("online", ("999 12 $s ISIL:TM-HILL $i Tarnmoor College $u https://tarn.example/1",), ONLINE, "", "electronic"),
    Case("a vendor's", ("999 13 $s ISIL:TM-HILL $i Orchard Vendors",), X, "", "not"),
    Case(
        "two, one that is lent",
        (f"{_RESERVOIR} $b R4 $p UNLOANABLE", f"{_RESERVOIR} $b R5 $p LOANABLE"),
        X,
        "R5",
        "UNLOANABLE",
    ),
)

_GVI = "924 0# $a 77001 $b DE-Tm1 $9 DE-Tm1 $c TM $g 2003 A 12"
GVI = (
    Case("loan and copy", (f"{_GVI} $d c",), X, "2003 A 12", "DE-Tm1"),
    Case("loan", (f"{_GVI} $d a",), X, "2003 A 12", "DE-Tm1"),
    Case("copies only", (f"{_GVI} $d b",), NO, "", "copies only"),
    Case("electronic copies only", (f"{_GVI} $d e",), NO, "", "copies only"),
    Case("nothing", (f"{_GVI} $d d",), NO, "", "no interlending"),
    Case("a word nobody knows", (f"{_GVI} $d z",), X, "2003 A 12", "DE-Tm1"),
    Case("online", ("924 1# $a 77002 $b DE-Tm1 $d b $k https://tarn.example/1",), ONLINE, "", "electronic"),
    Case("two, one that is lent", (f"{_GVI} $d d", "924 0# $b DE-Tm2 $g 2003 B 3 $d a"), X, "2003 B 3", "no interlend"),
)

MARC_SYSTEMS = (
    System("alma by AVA", "alma", "xml", ALMA, deny_locations=("Rare Books",)),
    System("aleph by AVA", "aleph", "xml", ALEPH, deny_locations=("Reading Room",)),
    System("koha", "koha", "xml", KOHA),
    System("koha in ISO 2709", "koha", "marc21", KOHA[:4]),
    System("evergreen", "evergreen", "xml", EVERGREEN, deny_locations=("Reference",)),
    System("evergreen, as it exports", "evergreen", "marc21", EVERGREEN_EXPORT),
    System("symphony 926", "symphony", "xml", SYMPHONY, deny_locations=("RARE",)),
    System("symphony 999", "symphony", "marc21", SYMPHONY_EXPORT, deny_locations=("RARE",)),
    System("polaris", "polaris", "xml", POLARIS),
    System("tlc", "tlc", "xml", TLC, deny_locations=("REFERENCE",)),
    System("generic in the record", "generic", "marc21", GENERIC),
    System("generic in holdings records", "generic", "opac", GENERIC_MFHD),
    System("reservoir", "reservoir", "xml", RESERVOIR),
    System("gvi", "gvi", "marc21", GVI),
)
