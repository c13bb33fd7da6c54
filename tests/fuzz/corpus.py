"""The samples that inputs are made of: what stands in tests/wire, an APDU of every type, records, queries, a trace.

Hypothesis makes what is not written down, without chance, so that every run begins with the same.
"""

from __future__ import annotations

import functools
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from locate.errors import RecordError
from locate.records import read_record, to_iso2709, write_opac_xml
from locate.z3950.access_control import PROMPT_1, EnumeratedPrompt, Prompt, PromptReply, encode_prompts
from locate.z3950.apdu import (
    AccessControlRequest,
    Apdu,
    DefaultDiagFormat,
    External,
    InitializeResponse,
    NamePlusRecord,
    OtherInformationUnit,
    PresentResponse,
    SearchResponse,
    Segment,
    decode_apdu,
    encode_apdu,
)
from locate.z3950.charset_negotiation import encode_negotiation
from locate.z3950.diag1 import Diagnostic, encode_diag1
from locate.z3950.grs1 import encode_grs1
from locate.z3950.init_reason import refusal_information
from locate.z3950.oids import (
    BIB1_DIAGNOSTICS,
    CHARSET_NEGOTIATION_3,
    DIAG1,
    GRS1,
    OCLC_USER_INFORMATION,
    OPAC,
    SUTRS,
    USER_INFO_1,
)
from locate.z3950.opac import encode_opac
from locate.z3950.query import to_pqf
from tests.fuzz.mutation import Mutator
from tests.records.build import iso2709
from tests.wire.samples import NAMES, load
from tests.z3950.asking import INIT, PRESENT, SEARCH
from tests.z3950.grs1_strategies import generic_records
from tests.z3950.made_up import OPAC_XML, RECORDS, collection
from tests.z3950.recording import started
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import APDUS, charset_negotiations, opac_records, queries

__all__ = ["mutator", "samples", "seeds"]

_Value = TypeVar("_Value")
_OF_EACH_TYPE = 6
_APDU_AREAS = ("decoder", "encoder", "printing", "answers")
_STREAM_AREAS = {"framer": 1, "origin": 2, "target_side": 2, "session": 1}  # area -> octets in front that steer it
_EXTERNAL_AREAS = {"init": 1, "diagnostics": 1, "prompts": 1}
_TEXT_WORDS = (
    *b"@and @or @not @prox @attr @attrset @set @term 1=4 bib-1 exp-1 1.2.840.10003.3.1 numeric string void 0".split(),
    *b"and or not prox ( ) < <= = <> == / /stem /fuzzy any all adj exact within sortby dc.title set= ti= (1,4)".split(),
    *b'{ } ^ * ? # \\ \xc3\xa9 \xff \x00 999999999999 "'.split(),
    *(b" ", b'" "', b"\xe2\x80\xa8"),
)
_QUERIES = {
    "pqf": (
        b'@and @attr 1=4 history @attr 1=1003 "smith, j"',
        b"@attrset exp-1 @attr 1=1 @attr bib-1 1=4 @attr 5=title x",
        b'@prox 0 3 1 2 known 2 @attr 1=4 a @prox void 1 0 6 private 9 "b \\" c" @set "my set"',
        b"@not @or @term numeric 5 @term string {a b} @term general d",
    ),
    "cql": (
        b'title any "wint* ice" and (author = "Lem, S*" or dc.date within "1990 2000")',
        b'a prox/distance<3/unit=word/ordered b not "^winter^"',
        b'isbn == 123 and title =/stem/relevant "a?b#c\\*" or resultSetId = x',
    ),
    "ccl": (
        b'au="Lem, Stanislaw" and ti=solaris not (su=a b or date>=1990)',
        b"ti,rtrunc=wint and (1,4)=x or set=old or (1,4),(5,1)<>y",
    ),
}
_MARC_WORDS = (
    b"\x1e",
    b"\x1f",
    b"\x1d",
    b"\x1fa",
    b"\x1b(B",
    b"\x1b$1",
    b"\x1b)E",
    b"\xe1e",
    b"\xc3\xa9",
    b"245",
    b"99999",
    b"a22",
    *(
        b"\x1f81.1",
        b"\x1f0-1",
        b"\x1fav.1-v.3 (1990)",
        b"\x1fa[v.4/5?]-<1999>",
        b"952",
        b"866",
        b"\x1fq2026-12-03",
        b"2009",
    ),
)
_XML_WORDS = (
    *b"<record> </record> <record/> <leader/> <controlfield> </datafield> <subfield> <a/> <holdings> <?xml?>".split(),
    *b"<![CDATA[ ]]> &amp; &lt; &b; &#0; &#x10FFFF; &#xFFFD; xmlns= tag= code= ind1= 245 880 x".split(),
    *(
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b'<?xml version="1.0" encoding="utf-16"?>',
        b"<!-- -->",
        b"<availableNow value='1'/>",
    ),
    *(b"<controlfield tag='001'>7</controlfield>", b"<subfield code='a'> / -- </subfield>", b" ", b"\x00"),
    *(b"<datafield tag='505'><subfield code='t'>9780198526636 (v. 2)</subfield></datafield>", b"\xff\xfe"),
    *(b"\xcc\x81", b"\xe2\x80\xa8", b"\xc2\x98", b"\xef\xbb\xbf", b"<datafield tag='245' ind1='1' ind2=' '>"),
)
# OCLC's user information: a message of the day, a database, a failure with code and text.
_OCLC = bytes.fromhex(
    "3030 8107 57656c636f6d65 300a 8208 576f726c64436174 830101 810203f3 8213 496e76616c696420617574686f72697a6174"
)
_TRACE_WORDS = (
    *(b"\n", b"\n> 0.021 s, 92 bytes: x", b"\n< 0.1 s, 1 byte: y", b"\n! 1.000 s, TargetTimeout: z", b"\n# ", b"\r"),
    *(b"  000000  00 01\n", b"  000010  ff\n", b"# zlocate trace 1\n", b"\xef\xbb\xbf", b"99999999999999999999"),
)


# A field of each library system, statements, paired fields, and items that name them.
_HOLDINGS = (
    "852 0#$81$bMAIN$cStacks$hQH1",
    "853 00$81$av.$bno.$i(year)$j(month)",
    "863 40$81.1$a1-12$b1-4$i1990-2001$j01-12",
    "866 41$81$av.1(1990)-v.12(2001), v.14-",
    "867 41$81$asuppl. 3 <1995?>",
    "876 ##$81.1$p301$jAvailable$hBook",
    "852 4#$aStacks$bMAIN$d LAW$g302$nChecked out",
    "852 ##$aMain$bStacks$p303$rIn$u12/03/2026$o3",
    "952 ##$00$10$70$aMAIN$bLAW$q2026-12-03$hv.3$p304$yBOOK",
    "AVA ##$822$bMAIN$eavailable$f3$g1$t1985-1986-",
    "AVE ##$853$eAvailable$sAvailable from 1990 volume: 1 until 2001. Most recent 1 year(s) not available.",
    "926 ##$aMAIN$bSTACKS$cQH1$dBOOK$f2",
    "982 ##$1y$bMain$cE-BOOK (DDA)",
    "999 11$aGEN$b305$pLOANABLE$sISIL:XX-1$vv.2",
    "924 1#$a1$bDE-1$dd",
    "856 40$uhttps://example.org/$3Table of contents",
)


def mutator(area: str, random: Random) -> Mutator:
    """Return what makes inputs for ``area``."""
    is_ber = area in {*_APDU_AREAS, *_STREAM_AREAS, *_EXTERNAL_AREAS, "opac", "grs1"}
    return Mutator(samples(area), random, words=_words(area), head=_head(area), is_ber=is_ber)


def _words(area: str) -> tuple[bytes, ...]:
    if area in {"marc21", "unimarc"}:
        return _MARC_WORDS
    if area in {"xml", "opac_xml"}:
        return _XML_WORDS
    if area == "trace":
        return _TRACE_WORDS
    return (
        _TEXT_WORDS if area in _QUERIES else (b"\x00", b"\x30\x80", b"\x00\x00", b"\x28\x03", b"\xa0\x80", b"\x81\x01")
    )


def seeds(area: str) -> tuple[bytes, ...]:
    """Return the samples of ``area`` as whole inputs."""
    return tuple(bytes(_head(area)) + sample for sample in samples(area))


def _head(area: str) -> int:
    return _STREAM_AREAS.get(area, _EXTERNAL_AREAS.get(area, 0))


@functools.cache
def samples(area: str) -> tuple[bytes, ...]:  # noqa: PLR0911 - one return a kind of input
    """Return the samples of ``area``, without the octets in front that steer it."""
    if area in _APDU_AREAS or area == "framer":
        return _apdus()
    if area in _STREAM_AREAS:
        return (*_apdus(), *_conversations())
    if area == "opac":
        return _forms(map(encode_opac, _drawn(opac_records, 12)))
    if area == "grs1":
        return _forms(map(encode_grs1, _drawn(generic_records, 20)))
    if area in _EXTERNAL_AREAS:
        return _externals()
    if area in _QUERIES:
        printed = [to_pqf(query).encode("utf-8", "replace") for query in _drawn(queries, 20)]
        return (*_QUERIES[area], *(printed if area == "pqf" else ()))
    if area == "trace":
        return _traces()
    if area in {"marc21", "unimarc"}:
        return _iso2709_records()
    return _opac_xml_records() if area == "opac_xml" else _xml_records()


def _drawn(strategy: st.SearchStrategy[_Value], count: int) -> list[_Value]:
    """Return ``count`` values of a strategy, the same each time."""
    found: list[_Value] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value: _Value) -> None:
        found.append(value)

    draw()
    return found


def _forms(encoded: object) -> tuple[bytes, ...]:
    """Return each value as it is, every third with indefinite lengths, every fifth with lengths of four octets."""
    values: list[bytes] = list(encoded)  # type: ignore[call-overload] # a map of bytes
    return (*values, *map(indefinite, values[::3]), *map(long_form, values[::5]))


@functools.cache
def _apdus() -> tuple[bytes, ...]:
    drawn: list[Apdu] = [apdu for kind in APDUS.values() for apdu in _drawn(kind, _OF_EACH_TYPE)]
    return (*map(load, NAMES), *_forms(map(encode_apdu, (*drawn, *_answers()))))


def _answers() -> list[Apdu]:
    """Return answers whose records, fragments, diagnostics and information have something in them to be read."""
    found: list[Apdu] = [
        PresentResponse(1, 2, 0, records=("response", (_record(syntax, "single", content),)))
        for syntax, contents in ((OPAC, samples("opac")), (GRS1, samples("grs1")), (None, samples("opac")))
        for content in contents[:10]
    ]
    text = NamePlusRecord(("retrieval", External(SUTRS, None, ("single", b"\x1b\x05hello"))))
    whole = encode_apdu(Segment(1, (text,)))[6:]
    pieces = [
        NamePlusRecord((arm, ("external", External(SUTRS, None, ("single", b"\x24\x07\x04\x01a\x24\x02\x04\x00")))))
        for arm in ("starting", "intermediate", "final")
    ]
    cut = [NamePlusRecord((arm, ("octets", octets))) for arm, octets in (("starting", whole[:4]), ("final", whole[4:]))]
    found += [Segment(3, (text, *pieces)), Segment(2, (*cut, *pieces[:2])), Segment(1, tuple(pieces[1:]))]
    for content in _externals():
        for form in (DIAG1, None):
            told = External(form, None, ("single", content))
            found.append(SearchResponse(0, 0, 1, search_status=False, records=("diagnostics", (told, told))))
        for form in (USER_INFO_1, OCLC_USER_INFORMATION, CHARSET_NEGOTIATION_3):
            told = External(form, None, ("single", content))
            units = (OtherInformationUnit(("external", told)), OtherInformationUnit(("text", "welcome")))
            options = frozenset({0, 1, 2})
            found.append(
                InitializeResponse(options, options, 1, 1, result=False, user_information=told, other_info=units)
            )
        found.append(AccessControlRequest(("external", External(PROMPT_1, None, ("single", content)))))
    return found


def _record(syntax: str | None, arm: str, content: bytes) -> NamePlusRecord:
    return NamePlusRecord(("retrieval", External(syntax, None, (arm, content))), "D")  # type: ignore[arg-type] # "single"


def _conversations() -> tuple[bytes, ...]:
    """Return requests one behind the other, as a target may get them in one read."""
    requests = [encode_apdu(apdu) for apdu in (INIT, SEARCH, PRESENT)]
    return b"".join(requests), b"".join(requests[1:]), requests[1] * 2


def _externals() -> tuple[bytes, ...]:
    """Return what stands inside EXTERNALs in Init, diagnostics and challenges."""
    asked = (Prompt(("enumerated", EnumeratedPrompt(1, "name"))), Prompt(("named", "Password"), "x"))
    replies = (PromptReply(("enumerated", EnumeratedPrompt(2)), ("string", "secret")),)
    refused = DefaultDiagFormat(BIB1_DIAGNOSTICS, 1014, ("v3", "no"))
    return _forms(
        (
            encode_prompts("challenge", asked).encoding[1],
            encode_prompts("response", replies).encoding[1],
            refusal_information(1011, "who?").encoding[1],
            encode_diag1((Diagnostic(("default", refused), "why"), Diagnostic(None, "and more"))),
            _OCLC,
            b"\x1b\x05hello",
            *map(encode_negotiation, _drawn(charset_negotiations, 12)),
            *_explicit_diagnostics(),
        )
    )


def _explicit_diagnostics() -> list[bytes]:
    """Return a diag-1 diagnostic of each of its kinds."""
    from tests.z3950.test_diag1 import EXPLICIT

    return [encode_diag1((Diagnostic(("explicit", ours), "why"),)) for ours, _ in EXPLICIT]


def _iso2709_records() -> tuple[bytes, ...]:
    """Return the records of the wire samples and the made-up ones."""
    found = []
    for name in NAMES:
        apdu = decode_apdu(load(name))
        if isinstance(apdu, SearchResponse | PresentResponse) and apdu.records and apdu.records[0] == "response":
            contents = [entry.record[1].encoding[1] for entry in apdu.records[1] if entry.record[0] == "retrieval"]
            found += [content for content in contents if content[:5].isdigit()]
    written = [read_record(record.encode(), "xml") for record in RECORDS]
    held = (iso2709("245 00$aTidal rivers", *_HOLDINGS), iso2709(*_HOLDINGS[:8], kind="cx"))
    return (*found, *held, *(to_iso2709(record) for record in written if not isinstance(record, RecordError)))


def _xml_records() -> tuple[bytes, ...]:
    return (*(record.encode() for record in RECORDS), OPAC_XML.encode(), collection(*RECORDS[:2], OPAC_XML))


def _opac_xml_records() -> tuple[bytes, ...]:
    drawn = [write_opac_xml(record, None) for record in _drawn(opac_records, 12)]
    return (OPAC_XML.encode(), *drawn)


def _traces() -> tuple[bytes, ...]:
    """Return a trace of the wire samples, and one that ends in a fault."""
    texts = []
    for fault in (None, TimeoutError("no answer within 10 s")):
        writer, stream = started()
        for request, name in ((INIT, "init_response"), (SEARCH, "search_marc21"), (PRESENT, "present_marc21")):
            writer("sent", encode_apdu(request), request)
            writer("received", load(name), decode_apdu(load(name)))
        if fault is not None:
            writer.fault(fault)
        texts.append(stream.getvalue().encode())
    return tuple(texts)
