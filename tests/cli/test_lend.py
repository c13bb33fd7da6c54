"""``zlocate lend`` and the look into the own catalog of ``zlocate locate``: what they print and how they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from locate import RequestedFormat
from locate.lending import Action
from locate.z3950.target.server import ThreadedServer
from tests.cli.running import Run
from tests.cli.test_locate import words
from tests.lending.own_catalog import (
    ABSENT,
    CONSORTIUM,
    EBOOK,
    HEAD,
    IN,
    NONE,
    ONLINE,
    OUT,
    OUT_AND_RESERVE,
    PARTNERS,
    SERIAL,
    TWO,
    catalog,
    config_text,
    request,
)
from tests.lending.schema import validator

Written = Callable[..., str]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Return the port where the own catalog is served."""
    with ThreadedServer({"own": catalog()}) as server:
        yield server.port


@pytest.fixture
def library(tmp_path: Path, port: int) -> Written:
    """Return a function that writes a configuration with the own catalog and returns its path."""

    def write(lending: str = "", *, at: int = port, partners: str = PARTNERS) -> str:
        path = tmp_path / "library.toml"
        path.write_text(config_text(at, lending, partners), "utf-8")
        return str(path)

    return write


def wish(number: int, wanted: RequestedFormat = RequestedFormat.PRINT) -> tuple[str, ...]:
    """Return the options that ask for the record with ``number``."""
    given = request(number, wanted).citation.to_mapping()
    pairs = ((name, one) for name, value in given.items() for one in (value if isinstance(value, list) else [value]))
    return tuple(text for name, value in pairs for text in (f"--{name}", str(value)))


class TestLend:
    """The decision, as text and as JSON."""

    def test_fill(self, zlocate: Run, library: Written) -> None:
        """A copy to send makes exit code 0, and is named with why it is that one."""
        found = zlocate("lend", "--config", library(NONE), *wish(TWO))
        assert (found.code, found.err) == (0, "")
        assert words(found.out) == (
            "FILL: created_lending_request "
            "2 copies at Main: one in Display, available; one in Stacks, available. "
            "Item: Main, Stacks, SB357 13. Of 2 that are in and may be requested, it stands in its own place. "
            "Copies: physical 2, available 2, requestable 2, available and requestable 2. Row 11 of the order decided."
        )

    def test_reject(self, zlocate: Run, library: Written) -> None:
        """A request that is rejected makes exit code 1, and says what is held."""
        found = zlocate("lend", "--config", library(NONE), *wish(OUT_AND_RESERVE))
        assert (found.code, found.err) == (1, "")
        assert words(found.out) == (
            "REJECT: no_available_requestable_items "
            "2 copies at Main: one in Stacks, on loan until 2026-12-03; one in Stacks, whose terms of use are not "
            "requestable. No copy that is in may be requested. Copies: physical 2, available 1, unavailable 1, "
            "requestable 1, not requestable 1. Row 10 of the order decided."
        )

    def test_hold(self, zlocate: Run, library: Written) -> None:
        """A request that is kept for staff makes exit code 1 too; nothing held is told in counters as none."""
        found = zlocate("lend", "--config", library(NONE), *wish(ABSENT))
        assert (found.code, found.err) == (1, "")
        assert words(found.out) == (
            "HOLD: locate_failed The catalog search did not find exactly this. Nothing found in 1 search. "
            "Copies: none. Row 2 of the order decided."
        )

    @pytest.mark.parametrize("number", [EBOOK, ONLINE])
    def test_the_consortium_setting(self, zlocate: Run, library: Written, number: int) -> None:
        """A title that is only electronic is rejected, and its holdings are counted though they are ignored."""
        found = zlocate("lend", "--config", library(CONSORTIUM), *wish(number))
        assert (found.code, found.out.splitlines()[0]) == (1, "REJECT: only_electronic")
        assert "Copies: electronic 1, electronic ignored 1. Row 6 of the order decided." in found.out

    def test_a_catalog_that_is_down(self, zlocate: Run, library: Written, closed_port: int) -> None:
        """The request is held, to be tried again, whatever the settings reject, and the exit code is 3."""
        path = library(f"{NONE}reject_when_locate_fails = true", at=closed_port)
        found = zlocate("lend", "--config", path, *wish(IN))
        assert (found.code, found.err, found.out.splitlines()[0]) == (3, "", "HOLD: catalog_not_asked")
        assert "\nAsk again later.\n" in found.out
        document = zlocate("lend", "--config", path, *wish(IN), "--json")
        assert (document.code, document.json["retry"], document.json["own_catalog"]["finding"]) == (
            3,
            True,
            "TARGET_ERROR",
        )

    @pytest.mark.parametrize(
        ("number", "action", "code"), [(IN, Action.FILL, 0), (OUT, Action.REJECT, 1), (ABSENT, Action.HOLD, 1)]
    )
    def test_json(self, zlocate: Run, library: Written, number: int, action: Action, code: int) -> None:
        """--json prints one document of the documented form, with the same exit codes."""
        options = ("--request-id", "L-7", "--partner", "NORTH", "--json")
        found = zlocate("lend", "--config", library(NONE), *wish(number), *options)
        assert (found.code, found.err, found.json["decision"]) == (code, "", action)
        assert (found.json["request_id"], found.json["partner"]) == ("L-7", "NORTH")
        assert [error.message for error in validator().iter_errors(found.json)] == []

    def test_explain(self, zlocate: Run, library: Written) -> None:
        """--explain adds the search of the own catalog, its candidate with the evidence, and every copy."""
        arguments = ("lend", "--config", library(NONE), *wish(OUT_AND_RESERVE))
        found = zlocate(*arguments, "--explain")
        assert found.code == 1
        assert "HOME: FOUND, " in found.out
        assert "  search by ISBN: @or @attr 1=7 9781990000027 @attr 1=7 1990000029\n" in found.out
        assert "chosen: The glass orchards of Tarnmoor : a grower's almanac [tm00002]" in found.out
        assert "(SB357 [2]): on loan until 2026-12-03; terms 'Loan' by fulfilment rule 1" in words(found.out)
        assert found.out.startswith(zlocate(*arguments).out)

    def test_nothing_to_explain(self, zlocate: Run, library: Written) -> None:
        """A decision without a search has no search to show."""
        found = zlocate("lend", "--config", library("temporarily_inactive = true"), *wish(IN), "--explain")
        assert found.code == 1
        assert found.out.splitlines() == [
            "REJECT: temporarily_inactive",
            "This library does not lend at present.",
            "Copies: none. Row 0 of the order decided.",
        ]

    def test_the_request_counts(self, zlocate: Run, library: Written) -> None:
        """Who asks and for which service, the format and the type decide by the electronic rules."""
        rule = (
            'partner = ["north"], level_of_service = ["express"], requested_format = ["any"], citation_type = ["book"]'
        )
        path = library(f'electronic_rules = [{{ reject = true, reason = "not for these", {rule} }}]')
        asked = (*wish(ONLINE, RequestedFormat.ANY), "--type", "book")
        right = zlocate("lend", "--config", path, *asked, "--partner", "NORTH", "--level-of-service", "Express")
        assert right.out.startswith("REJECT: electronic_rule\nOnly electronic holdings: not for these.\n")
        for options in (("--partner", "NORTH"), ("--partner", "SOUTH", "--level-of-service", "Express")):
            other = zlocate("lend", "--config", path, *asked, *options)
            assert other.out.startswith("HOLD: only_electronic\n")

    def test_the_part_and_the_intent_count(self, zlocate: Run, library: Written) -> None:
        """A volume that is in fills; single volumes are not the whole; any copy will do for any part."""

        def decided(*options: str) -> Any:
            arguments = (*wish(SERIAL, RequestedFormat.ANY), *options, "--json")
            return zlocate("lend", "--config", library(NONE), *arguments).json

        assert decided("--volume", "7")["item"]["enumeration"] == "v.7 (2003)"
        assert decided("--volume", "6")["reason"] == "no_available_items"
        assert decided("--intent", "any")["decision"] == "FILL"
        assert decided("--intent", "whole")["decision"] == "HOLD"


class TestMistakes:
    """Exit code 2."""

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ((), "the citation is empty: give a title or an ISBN, ISSN, LCCN or control number"),
            (("--title", "x", "--format", "paper"), "format 'paper' is not one of physical, print, microform"),
            (("--title", "x", "--type", "bok"), "type 'bok' is not one of book, serial"),
        ],
    )
    def test_a_request_that_cannot_be_meant(
        self, zlocate: Run, library: Written, options: tuple[str, ...], sentence: str
    ) -> None:
        """A mistake in the request is one sentence that says what is possible."""
        found = zlocate("lend", "--config", library(), *options)
        assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
        assert found.err.startswith(f"zlocate: {sentence}")

    @pytest.mark.parametrize("command", ["lend", "locate"])
    def test_an_unknown_intent(self, zlocate: Run, library: Written, command: str) -> None:
        """The words that are possible are named."""
        found = zlocate(command, "--config", library(), *wish(IN), "--intent", "volum")
        assert (found.code, found.out) == (2, "")
        assert "intent 'volum' is not one of whole, volume, any" in found.err

    def test_no_catalog(self, zlocate: Run, tmp_path: Path) -> None:
        """A configuration without an own catalog cannot decide, and says where one goes."""
        path = tmp_path / "bare.toml"
        path.write_text(f"{HEAD}{PARTNERS}", "utf-8")
        found = zlocate("lend", "--config", str(path), *wish(IN))
        sentence = "institution.catalog: is missing; lending searches the own catalog"
        assert (found.code, found.out, found.err) == (2, "", f"zlocate: {sentence}\n")

    def test_a_wrong_configuration(self, zlocate: Run, library: Written) -> None:
        """Every mistake of the file is told, with the file's name."""
        path = library('automatic_locate = "on"\nreject_when_no_availabel = true')
        found = zlocate("lend", "--config", path, *wish(IN))
        assert (found.code, found.out) == (2, "")
        nearest = "unknown key 'reject_when_no_availabel'; did you mean 'reject_when_no_available'?"
        assert found.err.splitlines() == [
            f"zlocate: {path}: lending.automatic_locate: must be true or false",
            f"zlocate: {path}: lending.reject_when_no_availabel: {nearest}",
        ]

    def test_the_configuration_may_stand_in_the_environment(self, zlocate: Run, library: Written) -> None:
        """--config must be given, or named by ZLOCATE_CONFIG."""
        missing = zlocate("lend", *wish(IN))
        assert (missing.code, "Missing option '--config'" in missing.err) == (2, True)
        assert zlocate("lend", *wish(IN), ZLOCATE_CONFIG=library()).code == 0


class TestBeforeBorrowing:
    """``zlocate locate`` with an own catalog that is looked into first."""

    @pytest.fixture
    def borrowing(self, library: Written, port: int, closed_port: int) -> str:
        """Return a configuration with the own catalog, a partner that holds the same, and one that is down."""
        partner = '[[partners]]\ncode = "{}"\nsystem = "alma"\ntarget = "127.0.0.1:{}/own"\n'
        partners = partner.format("harbor", port) + partner.format("down", closed_port)
        return library(partners=f"[borrowing]\ncheck_own_catalog = true\n{partners}")

    def test_locally_owned(self, zlocate: Run, borrowing: str) -> None:
        """What is in on the own shelves makes exit code 1, one sentence with the copy, and no table of partners."""
        found = zlocate("locate", "--config", borrowing, *wish(IN))
        assert (found.code, found.err) == (1, "")
        assert words(found.out) == (
            "Locally owned: The same item: same ISBN, title, author and year. One copy at Main: in Stacks, available. "
            "No partner was asked. Staff may override this with --override-ownership."
        )

    def test_locally_owned_in_json(self, zlocate: Run, borrowing: str) -> None:
        """The document says so, names no partner, and has the search of the own catalog."""
        found = zlocate("locate", "--config", borrowing, *wish(IN), "--json")
        document = found.json
        assert (found.code, document["locally_owned"], document["partners"]) == (1, True, [])
        assert document["own_catalog"]["record"]["item_to_request"]["barcode"] == "1"

    def test_locally_owned_explained(self, zlocate: Run, borrowing: str) -> None:
        """--explain shows the search of the own catalog."""
        found = zlocate("locate", "--config", borrowing, *wish(IN), "--explain")
        assert (found.code, "HOME: FOUND, " in found.out) == (1, True)
        assert "harbor" not in found.out

    def test_override(self, zlocate: Run, borrowing: str) -> None:
        """--override-ownership asks the partners at once, and says nothing of the own catalog."""
        found = zlocate("locate", "--config", borrowing, *wish(IN), "--override-ownership")
        assert (found.code, found.err) == (0, "")
        assert "Ask next: harbor, down (not verified).\n" in found.out
        assert "wned" not in found.out
        document = zlocate("locate", "--config", borrowing, *wish(IN), "--override-ownership", "--json").json
        assert (document["own_catalog"], document["locally_owned"], document["located"]) == (None, False, True)

    def test_on_loan(self, zlocate: Run, borrowing: str) -> None:
        """A copy on loan is told of and does not stop the request."""
        found = zlocate("locate", "--config", borrowing, *wish(OUT))
        assert found.code == 0
        assert words(found.out).startswith("Held here but not to be had now (UNAVAILABLE): The same item: same ISBN")
        assert "Ask next: harbor, down (not verified).\n" in found.out

    def test_the_intent(self, zlocate: Run, borrowing: str) -> None:
        """One volume on the shelf is enough for any part, and no whole serial."""
        arguments = ("locate", "--config", borrowing, *wish(SERIAL), "--json", "--intent")
        assert zlocate(*arguments, "any").json["locally_owned"] is True
        whole = zlocate(*arguments, "whole").json
        assert (whole["locally_owned"], [each["partner"] for each in whole["partners"]]) == (False, ["harbor", "down"])
