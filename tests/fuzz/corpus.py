"""The samples that inputs are made of: what stands in tests/wire, an APDU of every type, records, queries, a trace.

Made by hypothesis without chance, so that every run begins with the same.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from locate.records import to_iso2709
from locate.z3950.access_control import EnumeratedPrompt, Prompt, PromptReply, encode_prompts
from locate.z3950.apdu import DefaultDiagFormat, decode_apdu, encode_apdu
from locate.z3950.charset_negotiation import encode_negotiation
from locate.z3950.diag1 import Diagnostic, encode_diag1
from locate.z3950.grs1 import encode_grs1
from locate.z3950.init_reason import refusal_information
from locate.z3950.oids import BIB1_DIAGNOSTICS, OPAC
from locate.z3950.opac import encode_opac
from locate.z3950.query import to_pqf
from locate.z3950.retrieval import read_records
from tests.fuzz.mutation import Mutator
from tests.records.build import good, iso2709, marcxml
from tests.records.build import record as bib_record
from tests.wire.samples import NAMES, load
from tests.z3950.asking import INIT, PRESENT, SEARCH
from tests.z3950.grs1_strategies import generic_records
from tests.z3950.made_up import OPAC_XML, RECORDS, collection
from tests.z3950.recording import started
from tests.z3950.rewriting import indefinite, long_form
from tests.z3950.strategies import APDUS, charset_negotiations, opac_records, queries
