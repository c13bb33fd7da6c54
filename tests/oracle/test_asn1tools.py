"""asn1tools reads what we write and writes what we read, by ASN.1 written for these tests and by the standard's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from locate.z3950.apdu import Apdu, External, NamePlusRecord, SearchRequest, SearchResponse, decode_apdu, encode_apdu
from locate.z3950.charset_negotiation import decode_negotiation, encode_negotiation
from locate.z3950.grs1 import decode_grs1, encode_grs1
from locate.z3950.opac import OpacRecord, decode_opac, encode_opac
from tests.oracle.mapping import Mapping
from tests.oracle.specifications import STANDARD_FOLDER, Specification, own, standard
from tests.peers.requirements import peers_or_skip
from tests.peers.servers import ProgramMissingError
from tests.wire.samples import NAMES, load
from tests.z3950.grs1_strategies import generic_records
from tests.z3950.pieces import externals
from tests.z3950.rewriting import indefinite
from tests.z3950.strategies import APDUS, charset_negotiations, opac_records, steady

# All but those with bit strings padded to whole octets, and with a single-ASN1-type of indefinite length, at which
# asn1tools fails.
INIT_SAMPLES = tuple(name for name in NAMES if name.startswith("init_"))
SAMPLES = tuple(name for name in NAMES if name not in {*INIT_SAMPLES, "search_opac", "search_grs1"})

ANY = b"\x04\x03abc"


@dataclass(frozen=True, slots=True)
class Oracle:
    """One specification's judgement."""

    specification: Specification
    mapping: Mapping

    def decode(self, name: str, octets: bytes) -> Any:
        """Return the value of the type ``name``."""
        return self.specification.compiled.decode(name, octets)

    def encode(self, name: str, value: Any) -> bytes:
        """Return the encoding of a value of the type ``name``."""
        return bytes(self.specification.compiled.encode(name, value))

    def agrees(self, name: str, value: Any, ours: bytes) -> bytes:
        """Assert that ``ours`` is read as ``value`` in both forms of length; return what this oracle writes."""
        theirs = self.encode(name, value)
        assert len(ours) == len(theirs)
        assert self.decode(name, ours) == value
        assert self.decode(name, indefinite(ours)) == value
        return theirs


@pytest.fixture(scope="module", params=["own", "standard"])
def oracle(request: pytest.FixtureRequest) -> Oracle:
    """Return the ASN.1 of this folder, or the standard's."""
    with peers_or_skip():
        if request.param == "standard" and not (STANDARD_FOLDER / "z3950v3.asn").exists():
            raise ProgramMissingError(f"the standard's ASN.1 ({STANDARD_FOLDER})", "libyaz-dev")
    specification = own() if request.param == "own" else standard()
    return Oracle(specification, Mapping(specification))


def test_every_type_is_compared(oracle: Oracle) -> None:
    """The strategies have one entry for each alternative of the standard's PDU."""
    alternatives = {member["type"] for member in oracle.specification.types["PDU"]["members"]}
    assert {kind.__name__ for kind in APDUS} == alternatives


@pytest.mark.parametrize("kind", APDUS)
@settings(steady, max_examples=30)
@given(data=st.data())
def test_apdus(oracle: Oracle, kind: type[Apdu], data: st.DataObject) -> None:
    """For APDUs of every type, both decoders read both encodings, definite and indefinite, alike."""
    apdu: Apdu = data.draw(APDUS[kind])
    theirs = oracle.agrees("PDU", oracle.mapping.pdu(apdu), encode_apdu(apdu))
    assert decode_apdu(theirs) == apdu
    assert decode_apdu(indefinite(theirs)) == apdu


@settings(steady, max_examples=30)
@given(external=externals.map(lambda found: replace(found, encoding=("single", ANY))))
def test_single_asn1_type(oracle: Oracle, external: External) -> None:
    """Both decoders read both encodings of a value kept undecoded alike."""
    found = SearchResponse(
        1, 1, 0, search_status=True, records=("response", (NamePlusRecord(("retrieval", external)),))
    )
    search = SearchRequest(
        0, 1, 0, replace_indicator=True, result_set_name="", database_names=(), query=("type_0", ANY)
    )
    for apdu in (found, search):
        theirs = oracle.agrees("PDU", oracle.mapping.pdu(apdu), encode_apdu(apdu))
        assert decode_apdu(theirs) == apdu
        assert decode_apdu(indefinite(theirs)) == apdu


@settings(steady, max_examples=50)
@given(record=opac_records)
def test_opac_records(oracle: Oracle, record: OpacRecord) -> None:
    """Both decoders read both encodings of an OPAC record alike."""
    theirs = oracle.agrees("OPACRecord", oracle.mapping.opac(record), encode_opac(record))
    assert decode_opac(theirs) == record
    assert decode_opac(indefinite(theirs)) == record


@settings(steady, max_examples=50)
@given(record=generic_records)
def test_generic_records(oracle: Oracle, record: Any) -> None:
    """Both decoders read both encodings of a GRS-1 record alike."""
    theirs = oracle.agrees("GenericRecord", oracle.mapping.grs1(record), encode_grs1(record))
    assert decode_grs1(theirs) == record
    assert decode_grs1(indefinite(theirs)) == record


@settings(steady, max_examples=50)
@given(negotiation=charset_negotiations)
def test_charset_negotiation(oracle: Oracle, negotiation: Any) -> None:
    """Both decoders read both encodings of a character set negotiation alike."""
    name = "CharSetandLanguageNegotiation"
    theirs = oracle.agrees(name, oracle.mapping.value(name, negotiation), encode_negotiation(negotiation))
    assert decode_negotiation(theirs) == negotiation
    assert decode_negotiation(indefinite(theirs)) == negotiation


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(oracle: Oracle, name: str) -> None:
    """What a real target sent is read alike."""
    assert oracle.decode("PDU", load(name)) == oracle.mapping.pdu(decode_apdu(load(name)))


@pytest.mark.parametrize("name", INIT_SAMPLES)
def test_init_samples(oracle: Oracle, name: str) -> None:
    """An Init APDU whose bit strings are padded to whole octets is read alike."""
    sample = load(name)
    assert decode_apdu(oracle.encode("PDU", oracle.decode("PDU", sample))) == decode_apdu(sample)


def test_opac_sample(oracle: Oracle) -> None:
    """The OPAC record that a real target sent is read alike."""
    answer = decode_apdu(load("search_opac"))
    assert isinstance(answer, SearchResponse)
    assert answer.records is not None
    content = answer.records[1][0].record[1].encoding[1]
    assert oracle.decode("OPACRecord", content) == oracle.mapping.opac(decode_opac(content))
