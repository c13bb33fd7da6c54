"""Names of Bib-1 attributes: what a use attribute searches, and what the values of the other types say of the term.

Pure data, and a name for what is not in it. Decides nothing and raises nothing. Source: attribute set bib-1
(Z39.50-2003 Appendix ATR.1 and its semantics of 1995 and 1997); 1211 as OCLC and the systems that follow it use it.
Names are written as a sentence would have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TYPES", "USES", "VALUES", "attribute_name", "type_name", "use_name"]

TYPES: Mapping[int, str] = MappingProxyType(
    {1: "use", 2: "relation", 3: "position", 4: "structure", 5: "truncation", 6: "completeness"}
)

_USES = """
1 personal name
2 corporate name
3 conference name
4 title
5 series title
6 uniform title
7 ISBN
8 ISSN
9 LC card number
10 BNB card number
11 BGF number
12 local number
13 Dewey classification
14 UDC classification
15 Bliss classification
16 LC call number
17 NLM call number
18 NAL call number
19 MOS call number
20 local classification
21 subject heading
22 subject heading, RAMEAU
23 subject heading, BDI
24 subject heading, INSPEC
25 subject heading, MeSH
26 subject heading, PA
27 subject heading, LC
28 subject heading, RVM
29 local subject index
30 date
31 date of publication
32 date of acquisition
33 key title
34 collective title
35 parallel title
36 cover title
37 added title page title
38 caption title
39 running title
40 spine title
41 other variant title
42 former title
43 abbreviated title
44 expanded title
45 subject, PRECIS
46 subject, RSWK
47 subject subdivision
48 national bibliography number
49 legal deposit number
50 government publication number
51 music publisher number
52 database number
53 local call number
54 language code
55 geographic area code
56 institution code
57 name and title
58 geographic name
59 place of publication
60 CODEN
61 microform generation
62 abstract
63 note
1000 author and title
1001 record type
1002 name
1003 author
1004 author, personal name
1005 author, corporate name
1006 author, conference name
1007 standard identifier
1008 subject heading, LC children's
1009 subject, personal name
1010 body of text
1011 date and time added to the database
1012 date and time last modified
1013 authority or format identifier
1014 concept text
1015 concept reference
1016 any
1017 server choice
1018 publisher
1019 record source
1020 editor
1021 bibliographic level
1022 geographic class
1023 indexed by
1024 map scale
1025 music key
1026 related periodical
1027 report number
1028 stock number
1030 thematic number
1031 material type
1032 document identifier
1033 host item
1034 content type
1035 anywhere
1036 author, title and subject
1211 system control number
"""

USES: Mapping[int, str] = MappingProxyType(
    {int(number): name for number, _, name in (line.partition(" ") for line in _USES.strip().splitlines())}
)

# Attribute type -> value -> name, for the types other than use.
VALUES: Mapping[int, Mapping[int, str]] = MappingProxyType(
    {
        2: {
            1: "less than",
            2: "less than or equal",
            3: "equal",
            4: "greater than or equal",
            5: "greater than",
            6: "not equal",
            100: "phonetic",
            101: "stem",
            102: "relevance",
            103: "always matches",
        },
        3: {1: "first in field", 2: "first in subfield", 3: "any position in field"},
        4: {
            1: "phrase",
            2: "word",
            3: "key",
            4: "year",
            5: "date, normalized",
            6: "word list",
            100: "date, un-normalized",
            101: "name, normalized",
            102: "name, un-normalized",
            103: "structure",
            104: "URX",
            105: "free-form text",
            106: "document text",
            107: "local number",
            108: "string",
            109: "numeric string",
        },
        5: {
            1: "right truncation",
            2: "left truncation",
            3: "left and right truncation",
            100: "do not truncate",
            101: "process # in the search term",
            102: "regular expression 1",
            103: "regular expression 2",
        },
        6: {1: "incomplete subfield", 2: "complete subfield", 3: "complete field"},
    }
)


def use_name(value: int) -> str:
    """Return what a use attribute searches, such as "date of publication" for 31; "use attribute N" when unknown."""
    return USES.get(value, f"use attribute {value}")


def type_name(kind: int) -> str:
    """Return the name of an attribute type, such as "structure" for 4; "attribute type N" when unknown."""
    return TYPES.get(kind, f"attribute type {kind}")


def attribute_name(kind: int, value: int) -> str:
    """Return type, value and name in one phrase, such as "structure 4 (year)"; without the name when it has none."""
    phrase = f"{'use attribute' if kind == 1 else type_name(kind)} {value}"
    name = (USES if kind == 1 else VALUES.get(kind, {})).get(value)
    return f"{phrase} ({name})" if name else phrase
