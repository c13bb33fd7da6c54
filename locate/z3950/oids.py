"""Object identifiers of Z39.50: record syntaxes, attribute and diagnostic sets, and everything else with a name.

Source: Z39.50-2003 Appendix 1 (OID), and the registry of the Z39.50 Maintenance Agency (Library of Congress); what is
registered below arc 1000 is named by its owner: 17 OCLC, 81 Index Data. Pure data: decides nothing, raises nothing.
``PREFIX`` is {iso member-body US ansi-standard-z39.50}.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "BIB1_ATTRIBUTES",
    "BIB1_DIAGNOSTICS",
    "CHARSET_NEGOTIATION_3",
    "DIAG1",
    "DIAGNOSTIC_CONTAINER",
    "EXPLAIN",
    "GRS1",
    "MARC21",
    "MARC_SYNTAXES",
    "NAMES",
    "OCLC_USER_INFORMATION",
    "OPAC",
    "PREFIX",
    "RECORD_SYNTAXES",
    "SUTRS",
    "TEXT_XML",
    "UNIMARC",
    "UNIMARC_SYNTAXES",
    "USER_INFO_1",
    "XML",
    "XML_SYNTAXES",
    "name_of",
    "syntax_name",
]

PREFIX = "1.2.840.10003"
BIB1_ATTRIBUTES = f"{PREFIX}.3.1"
BIB1_DIAGNOSTICS = f"{PREFIX}.4.1"
DIAG1 = f"{PREFIX}.4.2"
DIAGNOSTIC_CONTAINER = f"{PREFIX}.4.4"

UNIMARC = f"{PREFIX}.5.1"
MARC21 = f"{PREFIX}.5.10"  # registered as USMARC; MARC 21 is its name since 1999
EXPLAIN = f"{PREFIX}.5.100"
SUTRS = f"{PREFIX}.5.101"
OPAC = f"{PREFIX}.5.102"
GRS1 = f"{PREFIX}.5.105"
XML = f"{PREFIX}.5.109.10"
TEXT_XML = f"{PREFIX}.5.109.11"  # application/xml, answered by some targets for text/xml

USER_INFO_1 = f"{PREFIX}.10.3"
OCLC_USER_INFORMATION = f"{PREFIX}.10.1000.17.1"
CHARSET_NEGOTIATION_3 = f"{PREFIX}.15.3"

# The names that configuration and the command line use, as YAZ and most targets print them.
RECORD_SYNTAXES = {
    "marc21": MARC21,
    "usmarc": MARC21,
    "unimarc": UNIMARC,
    "ukmarc": f"{PREFIX}.5.11",
    "normarc": f"{PREFIX}.5.12",
    "danmarc": f"{PREFIX}.5.14",
    "finmarc": f"{PREFIX}.5.15",
    "opac": OPAC,
    "sutrs": SUTRS,
    "grs1": GRS1,
    "xml": XML,
}

# ISO 2709 formats, MARC 21 and its relatives, stand under .5.1 to .5.32; .5.30 (NACSIS-CATP) is of another kind.
MARC_SYNTAXES = frozenset(f"{PREFIX}.5.{arc}" for arc in range(1, 33) if arc != 30)
UNIMARC_SYNTAXES = frozenset({UNIMARC, f"{PREFIX}.5.28"})  # RUSMARC follows UNIMARC
XML_SYNTAXES = frozenset({XML, TEXT_XML})

# Arcs below PREFIX, and the name by which an APDU log shows them.
_TABLE = """
1.1 basic-Z39.50-ac
2.1 Z39.50 APDUs

3.1 bib-1 attributes
3.2 exp-1 attributes
3.3 ext-1 attributes
3.4 ccl-1 attributes
3.5 GILS attributes
3.6 STAS attributes
3.7 collections-1 attributes
3.8 CIMI-1 attributes
3.9 GEO-1 attributes
3.10 ZBIG attributes
3.11 utility attributes
3.12 cross-domain attributes
3.13 Zthes attributes
3.14 Fin-1 attributes
3.15 Dan-1 attributes
3.16 holdings attributes
3.17 MARC attributes
3.18 bib-2 attributes
3.19 ZeeRex attributes
3.1000.81.1 thesaurus attributes
3.1000.81.2 XPath attributes
3.1000.81.3 extlite attributes

4.1 bib-1 diagnostics
4.2 diag-1
4.3 extended services diagnostics
4.4 diagnostic container

5.1 unimarc
5.2 intermarc
5.3 ccf
5.10 marc21
5.11 ukmarc
5.12 normarc
5.13 librismarc
5.14 danmarc
5.15 finmarc
5.16 mab
5.17 canmarc
5.18 sbn
5.19 picamarc
5.20 ausmarc
5.21 ibermarc
5.22 catmarc
5.23 malmarc
5.24 jpmarc
5.25 swemarc
5.26 siglemarc
5.27 isdsmarc
5.28 rusmarc
5.29 hunmarc
5.30 nacsis-catp
5.31 finmarc2000
5.32 marc21-fin
5.100 explain
5.101 sutrs
5.102 opac
5.103 summary
5.104 grs0
5.105 grs1
5.106 task package
5.107 fragment
5.109.1 pdf
5.109.2 postscript
5.109.3 html
5.109.4 tiff
5.109.5 gif
5.109.6 jpeg
5.109.7 png
5.109.8 mpeg
5.109.9 sgml
5.109.10 xml
5.109.11 application-xml
5.110.1 tiff-b
5.110.2 wav
5.111 sql-rs
5.1000.81.2 soif
5.1000.81.3 json

7.1 resource-1
7.2 resource-2
7.1000.81.1 universe resource report

8.1 prompt-1
8.2 des-1
8.3 krb-1

9.1 persistent result set
9.2 persistent query
9.3 periodic query schedule
9.4 item order
9.5 database update, version 1
9.5.1 database update, version 2
9.5.1.1 database update, version 3
9.6 export specification
9.7 export invocation
9.1000.81.1 administration
9.1000.105.4 XML extended service

10.1 searchResult-1
10.2 charset and language negotiation, version 1
10.3 userInfo-1
10.4 multipleSearchTerms-1
10.5 multipleSearchTerms-2
10.6 dateTime
10.9 record insert action qualifier
10.10 edit replace action qualifier
10.11 authority file information
10.1000.17.1 OCLC user information
10.1000.81.1 proxy address
10.1000.81.2 cookie
10.1000.81.3 client address
10.1000.81.4 scan set
10.1000.81.5 facet-1

11.1 eSpec-1

12.1 variant-1

13.1 WAIS schema
13.2 GILS schema
13.3 collections schema
13.4 GEO schema
13.5 CIMI schema
13.6 update schema
13.7 holdings schema
13.8 Zthes schema
13.1000.81.1 thesaurus schema
13.1000.81.2 explain schema

14.1 tagSet-M
14.2 tagSet-G
14.3 STAS tag set
14.4 GILS tag set
14.5 collections tag set
14.6 CIMI tag set
14.8 Zthes tag set
14.1000.81.1 thesaurus tag set
14.1000.81.2 explain tag set

15.3 charset and language negotiation, version 3
15.4 charset and language negotiation, version 4
15.1000.81.1 charset name

16.2 CQL
"""
_ELSEWHERE = {
    "2.1.1": "BER",
    "1.0.2709.1.1": "ISO 2709",
    "1.0.10161.2.1": "ISO ILL",
    "1.0.10646.1.0.2": "UCS-2",
    "1.0.10646.1.0.4": "UCS-4",
    "1.0.10646.1.0.5": "UTF-16",
    "1.0.10646.1.0.8": "UTF-8",
}

NAMES: Mapping[str, str] = MappingProxyType(
    {f"{PREFIX}.{arcs}": name for arcs, _, name in (line.partition(" ") for line in _TABLE.splitlines() if line)}
    | _ELSEWHERE
)

_SYNTAXES = f"{PREFIX}.5."


def syntax_name(oid: str | None) -> str:
    """Return the short name of a record syntax, or the dotted OID itself when it has none."""
    if oid is None:
        return "unnamed"
    if oid in XML_SYNTAXES:
        return "xml"
    return NAMES.get(oid, oid) if oid.startswith(_SYNTAXES) else oid


def name_of(oid: str | None) -> str:
    """Return the name of anything that has one ("bib-1 diagnostics"), the dotted OID when not, "none" for None."""
    if oid is None:
        return "none"
    return NAMES.get(oid, oid)
