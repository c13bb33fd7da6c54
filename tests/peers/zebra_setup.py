"""Write a Zebra configuration for a MARC 21 catalog, and index the catalog once.

The indexes are those that an ordinary library server has, with two habits of real servers that return false hits:
the ISBN index covers 776 $z, and the title index covers 505 $t. Words are folded (diacritics, case, punctuation), as
most systems do, and cut at every hyphen, so an ISSN is found only with its hyphen. It knows nothing of servers or
tests. Raises IndexingError with Zebra's own log when a catalog cannot be indexed.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["IndexingError", "ensure_index", "module_folder", "own_config"]

_TABLES = "/usr/share/idzebra-2.0/tab:/usr/local/share/idzebra-2.0/tab"

_CONFIG = """\
profilePath: .:{tables}
modulePath: {modules}
attset: bib1.att
index: partner.idx
recordType: grs.marcxml.partner
encoding: UTF-8
register: register:8G
lockDir: lock
setTmpDir: tmp
keyTmpDir: tmp
storeData: 1
storeKeys: 1
"""

# Index types of Zebra: w words, p whole subfields, y a year, the rest only so that every structure attribute exists.
_INDEX_TYPES = """\
index w
completeness 0
position 1
alwaysmatches 1
firstinfield 1
icuchain words.xml

index p
completeness 1
position 1
firstinfield 1
icuchain subfields.xml

index y
completeness 0
charmap @

index 0
completeness 0
position 1
charmap @

index n
completeness 0
charmap numeric.chr

sort s
completeness 1
charmap string.chr
"""

_WORDS = """\
<icu_chain locale="en">
  <transform rule="NFKD; [[:Nonspacing Mark:] [:Modifier Letter:]] Remove; NFC"/>
  <transliterate rule="[[:Punctuation:] [:Symbol:] [:Control:]] > ' '"/>
  <transliterate rule="^ [:White_Space:]+ > "/>
  <tokenize rule="l"/>
  <transform rule="[:WhiteSpace:] Remove"/>
  <display/>
  <casemap rule="l"/>
</icu_chain>
"""

_SUBFIELDS = """\
<icu_chain locale="en">
  <transform rule="NFKD; [[:Nonspacing Mark:] [:Modifier Letter:]] Remove; NFC"/>
  <display/>
  <transform rule="[[:WhiteSpace:] [:Punctuation:] [:Symbol:] [:Control:]] Remove"/>
  <casemap rule="l"/>
</icu_chain>
"""

# Left a MARC field, right the Bib-1 index: Local-number 12, LC-card-number 9, ISBN 7, ISSN 8, Date-of-publication 31,
# title 4, author 1003, any 1016; ":s" is what a result set is sorted by. Without "encoding" Zebra takes the bytes for
# Latin-1 and spoils its XML.
_ABSTRACT_SYNTAX = """\
name partner
attset bib1.att
esetname F @
esetname B @
marc usmarc.mar
encoding utf-8
xpath disable
all any
melm 001        Local-number
melm 008        Date-of-publication:w:range(data,7,4),Date-of-publication:y:range(data,7,4)
melm 010$a      LC-card-number
melm 020$a      ISBN,ISBN:p
melm 022$a      ISSN,ISSN:p
melm 035$a      Local-number
melm 100$a      author,author:p
melm 110$a      author,author:p
melm 110$b      author
melm 111$a      author,author:p
melm 130$a      title,title:p
melm 245$a      title,title:p,title:s
melm 245$b      title
melm 245$c      author
melm 245$n      title
melm 245$p      title
melm 246$a      title,title:p
melm 505$t      title
melm 700$a      author,author:p
melm 710$a      author,author:p
melm 776$z      ISBN
"""


class IndexingError(RuntimeError):
    """Zebra refused a catalog or its configuration; the message ends with Zebra's log."""


def module_folder() -> Path | None:
    """Return the folder with Zebra's MARC filter, or None when it is not installed."""
    for root in (Path("/usr/lib"), Path("/usr/local/lib")):
        for pattern in ("*/idzebra-2.0/modules/mod-grs-marc.so", "idzebra-2.0/modules/mod-grs-marc.so"):
            for found in sorted(root.glob(pattern)):
                return found.parent
    return None


def ensure_index(catalog: Path, cache: Path, zebraidx: str, modules: Path) -> Path:
    """Return a folder in ``cache`` that holds ``zebra.cfg`` and the index of ``catalog``, indexing it when needed.

    Two runs at once may both index; the first to finish wins and the other's work is thrown away.
    """
    files = {
        "zebra.cfg": _CONFIG.format(tables=_TABLES, modules=modules),
        "partner.idx": _INDEX_TYPES,
        "words.xml": _WORDS,
        "subfields.xml": _SUBFIELDS,
        "partner.abs": _ABSTRACT_SYNTAX,
    }
    folder = cache / f"zebra-{_digest(files, catalog, zebraidx)}"
    if folder.is_dir():
        return folder
    scratch = Path(tempfile.mkdtemp(prefix="indexing-", dir=cache))
    try:
        _build(scratch, files, catalog, zebraidx)
        try:
            scratch.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def own_config(folder: Path, scratch: Path) -> Path:
    """Write into ``scratch`` a configuration for one more server over the index in ``folder``; return its path.

    Locks and temporary files are the server's own, so that several may serve one index at a time.
    """
    lines = (folder / "zebra.cfg").read_text(encoding="utf-8").splitlines()
    for name, setting in (("lock", "lockDir"), ("tmp", "setTmpDir"), ("tmp", "keyTmpDir")):
        (scratch / name).mkdir(parents=True, exist_ok=True)
        lines = [f"{setting}: {scratch / name}" if line.startswith(f"{setting}:") else line for line in lines]
    path = scratch / "zebra.cfg"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _digest(files: dict[str, str], catalog: Path, zebraidx: str) -> str:
    version = subprocess.run([zebraidx, "-V"], capture_output=True, check=False)
    digest = hashlib.sha256(version.stdout + version.stderr)
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{text}\0".encode())
    with catalog.open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()[:20]


def _build(folder: Path, files: dict[str, str], catalog: Path, zebraidx: str) -> None:
    for name in ("records", "register", "lock", "tmp"):
        (folder / name).mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "records" / catalog.name).symlink_to(catalog.resolve())
    for arguments in (["init"], ["update", "records"], ["commit"]):
        done = subprocess.run(
            [zebraidx, "-c", "zebra.cfg", *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode or "[fatal]" in done.stderr:
            raise IndexingError(f"zebraidx {arguments[0]} failed on {catalog}:\n{done.stdout}{done.stderr}")
