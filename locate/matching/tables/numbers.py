"""Number words by language, folded: cardinals and ordinals from 1 to 20, the tens to 90, and a hundred.

Written for this table after the grammars of the languages; Russian is romanised as ALA-LC does. Where a word has
several spellings they are parted by strokes. ``ENDINGS`` are the inflections that an ordinal's stem may take ("zweit"
+ "e", "en", "er").
"""

from __future__ import annotations

from typing import Final

__all__ = ["CARDINALS", "COUNTED", "ENDINGS", "ORDINALS", "ORDINAL_SUFFIXES"]

COUNTED: Final = (*range(1, 21), 30, 40, 50, 60, 70, 80, 90, 100)
"""The numbers that the lines below name, in their order; "-" stands for one that is left out."""

# Left out: the words for 1 that are articles too; words that an English title uses as words ("to", "fire", "sex",
# "due", "elf"); the Danish "tres" (60), which is 3 in Spanish; and "attende", 8 in Norwegian and 18 in Danish.
CARDINALS: Final = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "de": "eins zwei drei vier funf sechs sieben acht neun zehn - zwolf dreizehn vierzehn funfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "- deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt trente "
    "quarante cinquante soixante - - - cent",
    "es": "- dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa ciento|cien",
    "it": "- - tre quattro cinque - sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento",
    "pt": "- dois|duas tres quatro cinco seis sete oito nove dez onze doze treze catorze|quatorze quinze dezesseis "
    "dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem|cento",
    "nl": "- twee drie vier vijf zes zeven acht negen tien - twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd",
    "sv": "- tva tre fyra fem - sju atta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo "
    "trettio fyrtio femtio sextio sjuttio attio nittio hundra",
    "da": "- - tre - fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tyve "
    "tredive fyrre halvtreds - halvfjerds firs halvfems hundrede",
    "no": "- - tre - fem seks sju|syv atte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue "
    "tretti forti femti seksti sytti atti nitti hundre",
    "fi": "yksi kaksi kolme nelja viisi kuusi seitseman kahdeksan yhdeksan kymmenen yksitoista kaksitoista "
    "kolmetoista neljatoista viisitoista kuusitoista seitsemantoista kahdeksantoista yhdeksantoista kaksikymmenta "
    "kolmekymmenta neljakymmenta viisikymmenta kuusikymmenta seitsemankymmenta kahdeksankymmenta yhdeksankymmenta "
    "sata",
    "pl": "jeden dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec jedenascie dwanascie trzynascie "
    "czternascie pietnascie szesnascie siedemnascie osiemnascie dziewietnascie dwadziescia trzydziesci czterdziesci "
    "piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat dziewiecdziesiat sto",
    "cs": "jeden dva|dve tri ctyri pet sest sedm osm devet deset jedenact dvanact trinact ctrnact patnact sestnact "
    "sedmnact osmnact devatenact dvacet tricet ctyricet padesat sedesat sedmdesat osmdesat devadesat sto",
    "ru": "odin dva tri chetyre piat shest sem vosem deviat desiat odinnadtsat dvenadtsat trinadtsat chetyrnadtsat "
    "piatnadtsat shestnadtsat semnadtsat vosemnadtsat deviatnadtsat dvadtsat tridtsat sorok piatdesiat shestdesiat "
    "semdesiat vosemdesiat devianosto sto",
    "la": "- duo tres quattuor quinque - septem octo novem decem undecim duodecim tredecim quattuordecim quindecim "
    "sedecim septendecim - - viginti triginta quadraginta quinquaginta sexaginta septuaginta octoginta nonaginta "
    "centum",
}

ORDINALS: Final = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth "
    "eightieth ninetieth hundredth",
    "de": "erst zweit dritt viert funft sechst siebt|siebent acht neunt zehnt elft zwolft dreizehnt vierzehnt "
    "funfzehnt sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst dreissigst vierzigst funfzigst sechzigst siebzigst "
    "achtzigst neunzigst hundertst",
    "fr": "premier|premiere deuxieme|second|seconde troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme "
    "dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme - - - vingtieme trentieme quarantieme "
    "cinquantieme soixantieme - - - centieme",
    "es": "primer|primero|primera segundo|segunda tercer|tercero|tercera cuarto|cuarta quinto|quinta sexto|sexta "
    "septimo|septima octavo|octava noveno|novena decimo|decima undecimo|undecima duodecimo|duodecima",
    "it": "prim second terz quart quint sest settim ottav non decim undicesim dodicesim tredicesim quattordicesim "
    "quindicesim sedicesim diciassettesim diciottesim diciannovesim ventesim trentesim",
    "pt": "primeiro|primeira segundo|segunda terceiro|terceira quarto|quarta quinto|quinta sexto|sexta setimo|setima "
    "oitavo|oitava nono|nona decimo|decima",
    "nl": "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
    "vijftiende zestiende zeventiende achttiende negentiende twintigste dertigste veertigste vijftigste zestigste "
    "zeventigste tachtigste negentigste honderdste",
    "sv": "forsta|forste andra|andre tredje fjarde femte sjatte sjunde attonde nionde tionde elfte tolfte trettonde "
    "fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde trettionde fyrtionde femtionde sextionde "
    "sjuttionde attionde nittionde hundrade",
    "da": "forste anden|andet tredje fjerde femte sjette syvende ottende niende tiende ellevte|elvte tolvte trettende "
    "fjortende femtende sekstende syttende - nittende tyvende tredivte",
    "no": "forste annen|annet|andre tredje fjerde femte sjette sjuende|syvende - niende tiende ellevte|elvte "
    "tolvte trettende fjortende femtende sekstende syttende - nittende tjuende trettiende",
    "fi": "ensimmainen toinen kolmas neljas viides kuudes seitsemas kahdeksas yhdeksas kymmenes yhdestoista "
    "kahdestoista kolmastoista neljastoista viidestoista kuudestoista seitsemastoista kahdeksastoista "
    "yhdeksastoista kahdeskymmenes",
    "pl": "pierwsz drug trzec czwart piat szost siodm osm dziewiat dziesiat jedenast dwunast trzynast czternast "
    "pietnast szesnast siedemnast osiemnast dziewietnast dwudziest",
    "cs": "prvni druh treti ctvrt pat sest sedm osm devat desat jedenact dvanact trinact ctrnact patnact sestnact "
    "sedmnact osmnact devatenact dvacat",
    "ru": "perv vtor tret chetvert piat shest sedm vosm deviat desiat odinnadtsat dvenadtsat trinadtsat chetyrnadtsat "
    "piatnadtsat shestnadtsat semnadtsat vosemnadtsat deviatnadtsat dvadtsat",
    "la": "prim secund terti quart quint sext septim octav non decim undecim duodecim",
}

ENDINGS: Final = {
    "de": "e en er es em",
    "it": "a o",
    "pl": "y a e ie i iego ego ej",
    "cs": " y a e i eho",
    "ru": "yi oi ii aia oe ie ia e ogo ego",
    "la": "us a um ae i o",
}
"""The inflections of a language's ordinals, parted by blanks; a language that is not here has its words whole. The
Czech line begins with a blank: the words for 1 and 3 take none."""

ORDINAL_SUFFIXES: Final = {
    "en": "st nd rd th d",  # "2d" and "3d" are the older American forms
    "es": "a o as os ra ro da do ta to ma mo va vo na no",
    "fi": "nen s",
    "fr": "e er ere re eme ieme me nde de",
    "nl": "e de ste te",
    "ru": "ai i ii izd ja oe oi yi ia",
}
"""What may follow digits, without a blank, in an ordinal: "2nd", "2e", "3me", "1ra"."""
