"""Statements of holdings with the parts that they cover, exclude and leave open: data for the tests of coverage.

A part is written "v12" (volume), "n3" (issue), "y1995" (year) and "p101-110" (pages), parted by blanks: "v12 n3 y1995".
A blank inside a value is "_".
"""

from __future__ import annotations

from dataclasses import dataclass

from locate.availability.parts.coverage import PartWanted
from locate.citation import Intent

__all__ = ["EXAMPLES", "Example", "part"]


@dataclass(frozen=True, slots=True)
class Example:
    """One statement; the parts are parted by strokes."""

    text: str
    fits: str = ""
    out: str = ""
    open: str = ""


def part(text: str) -> PartWanted:
    """Read "v12 n3 y1995 p1-9" as what is wanted."""
    found = {word[0]: word[1:].replace("_", " ") for word in text.split()}
    year = int(found["y"]) if "y" in found else None
    return PartWanted(found.get("v", ""), found.get("n", ""), year, found.get("p", ""), Intent.VOLUME)


EXAMPLES = (
    # ANSI/NISO Z39.71: one level, a range, gaps, an open end.
    Example("v.1-v.30", "v1 | v12 | v30 | v12 y1995", "v31 | v0", "y1995 | n3"),
    Example("v.1-30", "v1 | v30", "v31"),
    Example("v.1-v.10,v.12-v.20", "v10 | v12", "v11 | v21", "y1990"),
    Example("v.1(1970)-v.30(1999), v.32-", "v12 y1981 | v30 y1999 | v32 | v99 | y1970", "v31 | v31 y2000", "v12 y2005"),
    Example("no.1,3-5,9", "n1 | n4 | n9", "n2 | n6 | n10", "v4 | y1990"),
    Example("v.1:no.1-v.3:no.12", "v1 n1 | v2 n99 | v3 n12 | v2", "v3 n13 | v4 n1", "n5"),
    Example("v.1:no.3-v.2:no.6", "v1 | v1 n3 | v2 n6 | v2", "v1 n2 | v2 n9 | v3"),
    Example("v.1 no.3-v.2 no.6 (1995-1996)", "v1 n4 y1995 | y1996 | y1995", "v1 n2 y1995 | v3 n1 y1997", "v1 y1999"),
    Example("v.3/4", "v3 | v4", "v2 | v5"),
    Example("v.25/26-27/28 (2003/2004-2005/2006)", "v25 y2003 | v28 y2006 | y2005", "v24 | y2007", "v25 y2006"),
    Example("1990/1991", "y1990 | y1991", "y1989 | y1992", "v1"),
    Example("1990/91-1995/96", "y1990 | y1993 | y1996", "y1989 | y1997"),
    # Z39.71: enumeration and chronology apart, and together.
    Example("v.1-v.10 ; 1990-1999", "v1 y1990 | v10 | y1995", "v11 y2000 | v11", "v11 y1995"),
    Example("v.1-v.10 1990-1999", "v5 y1994 | y1999", "v11 | y2000", "v5 y2000"),
    Example("v.1 (1990)-v.10 (1999)", "v5 y1994 | y1999", "v11 | y2000", "v1 y1999"),
    Example("v.1-", "v1 | v500", "v0", "y1990"),
    Example("v.5(1974)-", "v5 y1974 | v30 y1999 | y2020", "v4 y1973 | y1973", "v5 y2000"),
    Example("1970-1999", "y1970 | y1985 | v16 n3 y1985", "y1969 | y2000 | v1 y1950", "v5"),
    Example("1970-", "y1970 | y2024", "y1969", "v3"),
    Example("-1999", "y1999 | y1950", "y2000"),
    # Z39.71: alternative numbering, what is supplied, what is uncertain.
    Example("v.1-v.5 = no.1-no.60", "v1 | v5", "v6", "n61 v3x | n12"),
    Example("1. Bd. (1785)-3. Bd. (1791) =1. Heft-12. Heft", "v1 y1785 | v3 | y1788", "v4 | y1792"),
    Example("[v.1]-v.5", "v1 | v5", "v6"),
    Example("<1>- (<1986>-)", "", "v0 | y1985", "v1 | v12 | y1990"),
    Example("v.1?-v.5", "", "v6", "v1 | v3"),
    Example("ser.2:v.1-10", "", "v11", "v5"),
    Example("n.F., Bd. 1-10 (1932-1941)", "v5 y1936", "v11 y1942", "v5"),
    Example("3rd ser. v.5", "vser.3:v.5", "v6 | vser.2:v.5", "v5"),
    # Captions of other languages and older habits.
    Example("Jahrg. 5", "v5 | vJahrg._5 | vV", "v4 | v50"),
    Example("Bd. 1-12", "v1 | vXII | vBd._4", "v13"),
    Example(
        "Jahrg.11:no.48-Jahrg.22:no.30  (1882-1893)", "v11 n48 y1882 | v15 | y1890", "v11 n47 y1882 | v22 n31 | v23"
    ),
    Example("t. III-V", "v3 | vIV | v5", "v2 | v6"),
    Example("t.1-18  (1967-1985),", "v18 y1985 | y1970", "v19 | y1986"),
    Example("anno 12", "v12", "v11"),
    Example("Bd.37:Heft 1-2  (1916)", "v37 n2 y1916 | y1916 | v37", "v37 n3 y1916 | v38 | y1917"),
    Example("22. Jahrg., No 20 (12. Mai 1893)", "v22 n20 y1893", "v22 n21 | v23 | y1894"),
    Example("vyp.12-13  (1927)", "n12 y1927 | y1927", "n14 | y1928"),
    Example("Jaarg. 1-79  (1876-1958)", "v79 y1958", "v80 y1959"),
    Example("Vol. 1-v. 2", "v1 | v2", "v3"),
    Example("Pars 1-pars 2", "v1 | vpars_2", "v3"),
    # Textual holdings (866) met in catalogs.
    Example("Vol. 1, no. 1 (July 3, 1880)-v. 3, no. 82 (Mar. 4, 1882)", "v2 n90 y1881 | v3 n82 y1882", "v3 n83 | v4"),
    Example(
        "Vol. 48, no. 1(Jan.1979)-vol.99, no.12(Dec. 2010); vol. 117, no. 7 (Oct. 2019)",
        "v60 | v117 n7",
        "v100 | v117 n8",
    ),
    Example("v.19 1985-v.53 2019.", "v19 y1985 | v30 | y2000", "v18 y1984 | v54"),
    Example("v.36 (Aug.11) 1972-v.44 1980", "v36 y1972 | v40 | y1980", "v35 | y1971"),
    Example("1967-1981:v.1-2", "y1970 v2 | y1967", "y1982 | y1966 v3", "y1970 v3"),
    Example("v.184:no.1-4, 6  (1999)", "v184 n6 y1999 | v184 n1 | y1999", "v184 n5 | v183 | y1998"),
    Example("knj.9/10,14/15-41  (1959,1963/1965-1994)", "v10 y1959 | v14 y1964 | v41 y1994", "v11 y1960 | v42"),
    Example("nos.1-5  (1916-1917),no.7", "n1 y1916 | n7 | y1917", "n6 y1920 | n8"),
    Example("No. 1 (Feb. 1975)-no. 68", "n1 y1975 | n68 | n30", "n69 | y1974", "y1990"),
    Example("v.1-22  (1984-2005)", "v1 y1984 | v22 y2005 | y1990 n3", "v23 y2006"),
    Example("v.12:no.139-140  (1913)", "v12 n140 y1913", "v12 n141 y1913 | v13"),
    Example("1886-1900", "y1890", "y1901"),
    Example("1921:Sept.-1922:Nov.", "y1921 | y1922", "y1920 | y1923", "y1921 n2"),
    Example("LIBRARY HAS: 1983-1984 1989-1991", "y1984 | y1990", "y1985 | y1992"),
    Example("v.1-3:no.26  (1767:Dec.21-1770:June 25)", "v2 | v3 n26 y1770", "v3 n27 | v4"),
    Example("2[1960]-472[2010], incomplete", "", "v473 | y2011", "v12 | y1970"),
    Example("no. 139-209 inc.", "", "n210", "n140"),
    Example("v.1-30 (1970-1999), lacks v.5, 7", "v6 | v12 y1980", "v5 | v7 | v31", "y1974"),
    Example("Vol. 1- v. 3, Suppl.", "v1 | v3", "v4"),
    Example("Index, v. 1/17", "", "v5", ""),
    Example("v.12 suppl.", "", "v13", "v12"),
    Example("1986-1987-", "y1986 | y1999", "y1985"),
    Example("Report on accessions / Archives of the Province: 1985-1986", "y1985", "y1990"),
    # Statements that say nothing of parts, or that move with time.
    Example("Current 5 Years only", "", "", "y2020 | v5 | v6"),
    Example("Latest Issue only", "", "", "y2020 | v1"),
    Example("Some volumes are in the annex", "", "", "v1"),
    Example("reels 1-25", "", "", "v5 | v30"),
    Example("2 v.", "", "", "v2 | v3"),
    Example("on order: v.5", "", "", "v5 | v6"),
    Example("v.1-10 at Annex", "v5", "", "v11"),
    # German union catalog style: volume, full stop, year; issue after a comma.
    Example("1.1979 - 10.1988; 12.1990 -", "v1 y1979 | v12 y1990 | v20", "v11 y1989 | y1978"),
    Example("1977,1 - 1978,6; 1.1979 - 54.2008", "y1977 | v30 | y1985", "v55 y2009 | y1976"),
    # Enumeration and chronology of items.
    Example(
        "v.12 no.3 (1995 Mar)", "v12 n3 y1995 | v12 | y1995", "v12 n4 y1995 | v13 | y1996", "v12 y1996 | v13 y1995"
    ),
    Example("12/3", "v12 n3 | v12", "v12 n4 | v13"),
    Example("42 29", "v42 n29", "v42 n30 | v43"),
    Example("2019:Jan.-June", "y2019", "y2018 | y2020", "y2019 n11 | v3"),
    Example("v.12 c.2", "v12", "v2 | v13"),
    Example("v.12a", "", "v13", "v12"),
    Example("v.12 p.1-250", "v12 p101-110 | v12", "v12 p300-310 | v13 p1-9", "v12 p240-260"),
    Example("15th  (1973)", "v15 y1973 | y1973", "v16 | y1974"),
    Example("1st ed. (1984/1985)", "y1985", "y1986", "v1"),
    Example("v.5-v.2", "", "", "v3 | v9"),
    Example("12(3)", "v12 n3 | v12", "v12 n4 | v13"),
    Example("Vol. 5, Iss. 2, Spring 1999", "v5 n2 y1999", "v5 n3 | v6", "v5 y2001"),
    Example("v.12, no.1-6, 1995", "v12 n6 y1995 | y1995", "v12 n7 | v13", "v12 y1994"),
    Example("XII (1995)", "v12 y1995", "v13 | y1996"),
    Example("3/1995", "y1995", "y1996", "v3 | v4"),
    Example("3/95", "", "", "v3 | v12 | y1995"),
    Example("v.1-2 in 1", "v2 n5", "v3"),
    Example("v.1-10, 1990-1999", "v5 y1994 | y1999", "v11 | y2000"),
    Example("Bd. 5,1", "v5 | v5 n1", "v1 | v5 n2"),
    Example("Sept. 1947/Dec. 1948", "y1947 | y1948", "y1946 | y1949"),
    Example("v.\uff11-v.\uff15", "v3", "v6"),
    Example("1990+", "y1990 | y2020", "y1989"),
    Example("Microfilm: 1990-1995", "y1990", "y1996"),
    Example("т. 5, № 3 (1995)", "v5 n3 y1995", "v5 n4 | v6"),
    # Alma, AVE $s.
    Example("Available from 1995 until 2010.", "y1995 | y2010 | v3 n1 y2000", "y1994 | y2011", "v12"),
    Example(
        "Available from 1997 volume: 12 issue: 1 until 2003 volume: 18 issue: 4.",
        "v12 n1 y1997 | v15 n9 | y2000 | v18 n4",
        "v18 n5 y2003 | v11 y1996 | v19",
        "v12 y2003",
    ),
    Example("Available from 01/01/1997.", "y1997 | y2020", "y1996"),
    Example("Available from 1995 until 2000. Available from 2004 until 2006.", "y1999 | y2005", "y2002 | y2007"),
    Example("Available until 2010.", "y2000 | y2010", "y2011"),
    Example("Available in 2005.", "y2005", "y2006 | y2004"),
    Example(
        "Available from 1995 volume: 3. Most recent 1 year(s) 6 month(s) not available.",
        "y1995 | v5 y2000",
        "y1994",
        "y2025 | v9",
    ),
    Example("Available from 1995. Most recent 5 year(s) available.", "", "", "y2000 | y2024"),
)
