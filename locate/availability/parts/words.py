"""Words of holdings statements, folded, by what they do: captions, months, and what makes a statement doubtful.

Data alone. The captions stand on the labels that matching tells parts apart by; added are those that only holdings
use (years of a serial, carriers, pages) and those met in the statements that the project is measured on.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from locate.matching.tables.parts import COUNTS, KINDS

__all__ = ["NEXT_LEVEL", "WORDS", "Does", "Level"]


class Level(StrEnum):
    """What a number of a statement counts. ``OTHER`` are carriers, copies and editions, which are no parts."""

    SERIES = "series"
    VOLUME = "volume"
    ISSUE = "issue"
    PART = "part"
    YEAR = "year"
    MONTH = "month"
    PAGES = "pages"
    OTHER = "other"


class Does(StrEnum):
    """What a word does in a statement."""

    CAPTION = "caption"  # its number counts a level: "v.", "Heft"
    MONTH = "month"  # a month or a season
    NEW = "new"  # a new series
    EDITION = "edition"  # its number is an edition
    UNIT = "unit"  # the number before it is a length of time or a measure
    EXTRA = "extra"  # what follows are indexes or supplements, no parts
    DOUBT = "doubt"  # the whole statement is not sure
    RETENTION = "retention"  # what is kept moves with time
    ABSENT = "absent"  # what follows is not held
    FROM = "from"  # opens a range
    UNTIL = "until"  # stands for the hyphen of a range
    PRESENT = "present"  # stands for an open end
    AND = "and"  # stands for a comma
    AVAILABLE = "available"  # begins a sentence of electronic coverage
    MOST = "most"  # begins a sentence on a moving wall
    NOISE = "noise"  # means nothing for the parts held


NEXT_LEVEL: Final = MappingProxyType(
    {
        Level.SERIES: Level.VOLUME,
        Level.VOLUME: Level.ISSUE,
        Level.ISSUE: Level.PART,
        Level.PART: Level.OTHER,
        Level.YEAR: Level.ISSUE,
        Level.MONTH: Level.OTHER,
        Level.PAGES: Level.OTHER,
        Level.OTHER: Level.OTHER,
    }
)
"""The level of a number without a caption that follows a level: "12:3" is volume 12, issue 3."""

_CAPTIONS: Final = {
    Level.VOLUME: "jahrg jahrgang jahrgange jg jgg jaarg jaargang jaargangen anno anni annee annees ano anos arg "
    "argang vuosikerta vsk evf evfolyam rocnik roc rocznik rocz r god letnik godiste knj knjiga т том тома vols vs "
    "tt bb b vo volumen",
    Level.ISSUE: "nos nrs iss issues n nn num nums numb h hh hefte hefter ausg ausgabe ausgaben afl aflevering cis "
    "broj br sz szam fascs fascicules fascicoli vypusk lief lieferungen nummern numbers nro вып выпуск номер",
    Level.PART: "pts parts teile parz tle halbbd halbband",
    Level.SERIES: "sers ser series serie serien epoca",
    Level.PAGES: "p pp pg pgs pag page pages paginas seiten sider",
    Level.OTHER: "reel reels roll rolls film films microfilm fiche fiches microfiche microfiches disc discs disk disks "
    "cd dvd cassette cassettes tape tapes box boxes plate plates map maps sheet sheets copy copies cop c ex exemplar "
    "folder folders binder binders card cards drawer piece pieces unit units bound booklet catalog",
}

# Months in the languages of the measured statements, as abbreviations of three or four letters and in full.
_MONTHS: Final = (
    "jan january janv janvier januar januari enero gennaio genn janeiro styczen leden ianvar tammikuu",
    "feb febr february fev fevr fevrier februar februari febrero febbraio febb fevereiro luty unor fevral helmikuu",
    "mar mars march marz maerz mrz maart marzo marco marzec brezen mart maaliskuu",
    "apr april avr avril abr abril aprile kwiecien duben aprel huhtikuu",
    "may mai mei mayo maggio magg maio maj kveten toukokuu",
    "jun june juin juni junio giugno giu junho czerwiec cerven iiun kesakuu",
    "jul july juil juillet juli julio luglio lug julho lipiec cervenec iiul heinakuu",
    "aug august aout ago agosto augustus augusti sierpien srpen avgust elokuu",
    "sep sept september septembre septiembre setiembre settembre sett setembro wrzesien zari sentiabr syyskuu",
    "oct october octobre octubre okt oktober ott ottobre outubro out pazdziernik rijen oktiabr lokakuu",
    "nov november novembre noviembre novembro listopad noiabr marraskuu",
    "dec december decembre dez dezember dic diciembre dicembre dezembro desember grudzien prosinec dekabr joulukuu",
)
_SEASONS: Final = {
    3: "spring spr printemps fruhling fruhjahr primavera var",
    6: "summer sum ete sommer verano estate",
    9: "autumn fall aut automne herbst otono autunno host",
    12: "winter win hiver invierno inverno",
}

_OTHERS: Final = {
    Does.NEW: "new ns nf neue nouv nouvelle nuova nueva nova nieuwe novaia",
    Does.EDITION: "ed eds edition editions aufl auflage edn",
    Does.UNIT: "year years yr yrs month months week weeks day days mm cm quarter quarters",
    Does.EXTRA: "index indexes indices idx suppl suppls supp sup supplement supplements supplementum supplementa "
    "beiheft beihefte beil register registerbd generalregister sachregister appendix",
    Does.DOUBT: "inc incompl incomplete incomplet imperfect scattered some mostly partial partially various broken "
    "gaps luckenhaft lucken luckenh lacune lacunes lacunaire etat sporadic irregular few selected lost "
    "order withdrawn discarded cancelled canceled not damaged approx approximately ca circa",
    Does.RETENTION: "current latest recent last newest superseded retains retained keeps kept rolling laufende",
    Does.ABSENT: "lacks lacking lack missing wanting except excluding without fehlt fehlen manque manquent mancano",
    Does.FROM: "from since ab seit depuis desde dal began begins beginning vanaf fran",
    Does.UNTIL: "to until till through thru bis ceased ends ended ending jusqu tot til",
    Does.PRESENT: "present date heute ongoing onwards onward continuing",
    Does.AND: "and und et plus also y og och",
    Does.AVAILABLE: "available",
    Does.MOST: "most",
    Does.NOISE: "library has have holds holdings held owned own with in the of for print online electronic coverage "
    "complete all fiscal fy calendar cy publication publ published nachgewiesen rev revised damit",
}


def _words() -> dict[str, tuple[Does, Level | int | None]]:
    found: dict[str, tuple[Does, Level | int | None]] = {}
    kinds = {"volume": Level.VOLUME, "book": Level.VOLUME, "part": Level.PART, "number": Level.ISSUE}
    kinds |= {"series": Level.SERIES, "section": Level.PART, "sheet": Level.OTHER}
    for kind, level in kinds.items():
        for line in (*KINDS[kind].values(), COUNTS.get(kind, "")):
            found |= dict.fromkeys(line.split(), (Does.CAPTION, level))
    for does, line in _OTHERS.items():
        found |= dict.fromkeys(line.split(), (does, None))
    for level, line in _CAPTIONS.items():
        found |= dict.fromkeys(line.split(), (Does.CAPTION, level))
    for month, line in enumerate(_MONTHS, 1):
        found |= dict.fromkeys(line.split(), (Does.MONTH, month))
    for month, line in _SEASONS.items():
        found |= dict.fromkeys(line.split(), (Does.MONTH, month))
    return found


WORDS: Final = MappingProxyType(_words())
"""Each known word with what it does, and the level of a caption or the month (1 to 12; a season is its first)."""
