"""What a librarian reads in each sample file: for each record its items, and for each item what is said of it."""

from __future__ import annotations

from typing import Any

__all__ = ["SAMPLES"]

# (file, dialect, for each record the items); a field that is not named is empty.
SAMPLES: list[tuple[str, str, list[list[dict[str, Any]]]]] = [
    (
        "alma/alma-pitt-extra-eresource-record.xml",
        "alma",
        [
            [
                {
                    "status": "available",
                    "library": "ULS - Thomas Blvd",
                    "location": "stacks",
                    "call_number": "HC79.E5 K685 2007",
                    "barcode": "31735056082393",
                }
            ],
            [{"status": "unknown", "electronic": True}],
        ],
    ),
    ("alma/alma-princeton-notfound.xml", "alma", []),
    (
        "alma/alma-princeton.xml",
        "alma",
        [
            [
                {
                    "status": "available",
                    "library": "Firestone Library",
                    "location": "stacks: Firestone Library",
                    "call_number": "HG2481 .C42 1997",
                    "barcode": "32101034358281",
                    "policy": "Gen",
                    "copy": "1",
                }
            ]
        ],
    ),
    (
        "alma/ava-bibsys-uio.xml",
        "alma",
        [
            [
                {
                    "status": "available",
                    "library_code": "1030310",
                    "library": "UiO Realfagsbiblioteket",
                    "location_code": "k00475",
                    "location": "UREAL Samling 42",
                    "call_number": "FA 1351",
                }
            ]
        ],
    ),
    (
        "evergreen/evergreen-east-central-with-checked-out-item-status.xml",
        "evergreen",
        [
            [
                {
                    "status": "unavailable",
                    "library_code": "EC-RC",
                    "location": "Current",
                    "call_number": "CAR",
                    "barcode": "32050009446276",
                }
            ]
        ],
    ),
    (
        "evergreen/evergreen-lake-agassiz-with-available-item-status.xml",
        "evergreen",
        [
            [
                {
                    "status": "available",
                    "library_code": "HAWLEY",
                    "location": "Main",
                    "temporary_library": "FERTILE",
                    "call_number": "LARGE PRINT PAR",
                    "barcode": "33500012563250",
                }
            ]
        ],
    ),
    (
        "folio/folio-not-requestable.xml",
        "folio",
        [
            [
                {
                    "status": "available",
                    "library_code": "Cornell University",
                    "library": "Olin Library",
                    "location": "Olin",
                    "temporary_location": "Olin Reserve",
                    "call_number": "CB19 .G69 2021",
                    "barcode": "31924128478918",
                    "copy": "2",
                },
                {
                    "status": "unavailable",
                    "library_code": "Cornell University",
                    "library": "Olin Library",
                    "location": "Olin",
                    "call_number": "CB19 .G69 2021",
                    "barcode": "31924127029480",
                },
            ]
        ],
    ),
    (
        "folio/expectedMarc1.marc",
        "folio",
        [
            [
                {
                    "status": "unknown",
                    "call_number": "123 HD1131.S860 1989 abc",
                    "barcode": "01234567890",
                    "copy": "3",
                    "enumeration": "42",
                    "chronology": "29",
                },
                {
                    "status": "unknown",
                    "barcode": "9876543210",
                    "copy": "3",
                    "enumeration": "3",
                    "chronology": "March",
                },
            ]
        ],
    ),
    (
        "folio/opac-expectedOutput1.xml",
        "folio",
        [
            [
                {
                    "status": "unavailable",
                    "temporary_location": "Online Library Resources",
                    "call_number": "G1046.C3 .L56 2009eb",
                    "barcode": "01234567890",
                    "copy": "3",
                    "enumeration": "42 29",
                    "note": "All Cretans are liars",
                },
                {
                    "status": "unavailable",
                    "call_number": "G1046.C3 .L56 2009eb",
                    "barcode": "9876543210",
                    "copy": "3",
                    "enumeration": "3 March",
                    "note": "All Cretans are liars",
                },
            ]
        ],
    ),
    (
        "folio/opac-expectedOutput2.xml",
        "folio",
        [
            [
                {
                    "status": "unavailable",
                    "library_code": "Simmons University",
                    "library": "Simmons University Library",
                    "location": "Online Library Resources",
                    "call_number": "G1046.C3<L56>2009eb",
                    "barcode": "9876543210",
                    "enumeration": "3 March",
                }
            ]
        ],
    ),
    (
        "voyager/voyager-yale.xml",
        "voyager",
        [
            [
                {
                    "status": "available",
                    "library_code": "lsfdra",
                    "library": "Library Shelving Facility (LSF)",
                    "call_number": "PS3561 O646 W5 1979 (LC)",
                }
            ]
        ],
    ),
    (
        "wms/wms-lfmm.xml",
        "wms",
        [
            [
                {
                    "status": "available",
                    "library": "LFMM",
                    "location": "General Collection",
                    "call_number": "PS3557.R48935 S67 2018,",
                    "barcode": "0111504744439",
                }
            ]
        ],
    ),
    (
        "polaris/polaris-with-in-item-status.xml",
        "polaris",
        [
            [
                {
                    "status": "available",
                    "library": "Main Library",
                    "location": "Juvenile nonfiction shelves",
                    "call_number": "j574.92 Sill",
                    "barcode": "31256015853493",
                    "policy": "Hardcover",
                }
            ]
        ],
    ),
    (
        "sierra/sierra-laroche.xml",
        "sierra",
        [[{"status": "available", "location": "Circulation", "call_number": "813.54 P648my 2003"}]],
    ),
    (
        "koha/koha-chatham.xml",
        "koha",
        [
            [
                {
                    "status": "available",
                    "library_code": "CHATHAM",
                    "location": "CIRC2",
                    "collection": "CIRC",
                    "call_number": "580.1 G733v",
                    "barcode": "31437000069572",
                    "policy": "BOOK",
                }
            ]
        ],
    ),
    (
        "horizon/horizon-hennepin.xml",
        "horizon",
        [
            [
                {
                    "status": "available",
                    "library": "Minneapolis Central (1st floor General)",
                    "location": "Adult Fiction Book (Stacks)",
                    "call_number": "YEVTUSH",
                }
            ]
        ],
    ),
    (
        "horizon/horizon-jhu.xml",
        "horizon",
        [
            [
                {
                    "status": "available",
                    "library": "Eisenhower",
                    "location": "MSEL Books",
                    "call_number": "SH 349 .M34 1992",
                    "copy": "c. 1",
                }
            ]
        ],
    ),
    (
        "tlc/tlc-eastern.xml",
        "tlc",
        [
            [
                {
                    "status": "available",
                    "library": "Warner Library",
                    "location_code": "WSTACKBOOK",
                    "location": "WARNER STACKS",
                    "call_number": "PQ2683.I32 Z52313 1996",
                    "barcode": "30094000460060",
                    "note": "A",
                }
            ]
        ],
    ),
    (
        "symphony/symphony-stanford.xml",
        "symphony",
        [
            [
                {
                    "status": "available",
                    "library_code": "SAL3",
                    "location_code": "STACKS",
                    "call_number": "HV6534 .V55 J36 2017",
                    "policy": "STKS-MONO",
                }
            ]
        ],
    ),
    (
        "yaz/generated-opac-record.xml",
        "opac",
        [
            [
                {
                    "status": "available",
                    "library_code": "Simmons University",
                    "library": "Main Campus",
                    "location": "Simmons University Library",
                    "call_number": "HM585 .B55 1961",
                    "barcode": "i1107266",
                }
            ]
        ],
    ),
    (
        "yaz/test-opac.xml",
        "generic",
        [
            [
                {
                    "status": "available",
                    "library_code": "s-FM/GC",
                    "library": "Main or Science/Business Reading Rms - STORED OFFSITE",
                    "call_number": "MLCM 89/00602 (N)",
                    "barcode": "1226176",
                    "copy": "Copy 1",
                    "statements": ("3",),
                }
            ]
        ],
    ),
]
