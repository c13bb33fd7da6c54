"""The tables of a configuration file as pydantic models: which keys each table has.

Private to `locate.config`. A key that is not written stays unset, so that a partner's table can be laid over the
defaults: no default value of the domain stands here. No key is required here either, except a step's ``kind``: what is
missing is found by `locate.config.build`, which sees the file as written.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from locate.config.values import (
    AuthorAttributes,
    CarrierWords,
    Codec,
    Count,
    Database,
    ElementSet,
    FitWords,
    Host,
    Kind,
    Kinds,
    KindWords,
    OnErrorName,
    Permission,
    PermissionWords,
    Port,
    PqfPrefix,
    Seconds,
    SecondsOrZero,
    Secret,
    StepAttributes,
    Syntaxes,
    Texts,
    TypeWords,
    VariableName,
    Verdicts,
    Written,
    some,
)

__all__ = [
    "FORM_TAGS",
    "BorrowingTable",
    "CatalogTable",
    "CredentialsTable",
    "DefaultsTable",
    "ElectronicRuleTable",
    "FulfilmentRuleTable",
    "FulfilmentTable",
    "InstitutionTable",
    "ItemsTable",
    "LendingTable",
    "LicenceTable",
    "LimitsTable",
    "PartnerTable",
    "PlaceTable",
    "ProfileTable",
    "RootTable",
    "RunTable",
    "Table",
    "TargetTable",
    "TermsTable",
    "TlsTable",
    "merged",
]

_PATRON = re.compile(r"patron|user|requester|borrower|person", re.IGNORECASE)
TEXT, SWITCH, TABLE = "<text>", "<switch>", "<table>"
FORM_TAGS = frozenset({TEXT, SWITCH, TABLE})


def _target_form(value: object) -> str:
    """Name the form of a target; what is not text is judged as a table."""
    return TEXT if isinstance(value, str) else TABLE


def _switch_form(value: object) -> str:
    """Name the form of a profile or of TLS; what is not true or false is judged as a table."""
    return SWITCH if isinstance(value, bool) else TABLE


class Table(BaseModel):
    """A table whose keys are all known and whose values have the type that is written: "5" is not 5."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    def given(self) -> dict[str, Any]:
        """Return only what the file says, by key."""
        return {key: getattr(self, key) for key in type(self).model_fields if key in self.model_fields_set}


def merged(*layers: Table | None) -> dict[str, Any]:
    """Return what the tables say, key by key, the last one winning."""
    return {key: value for layer in layers if layer is not None for key, value in layer.given().items()}


class InstitutionTable(Table):
    """``[institution]``."""

    code: Written | None = None
    name: Written | None = None
    symbol: Written | None = None
    catalog: dict[str, Any] | None = Field(default=None, repr=False)


class RunTable(Table):
    """``[run]``."""

    deadline_s: Seconds | None = None
    max_partners_at_once: Count | None = None
    idle_s: SecondsOrZero | None = None


class CredentialsTable(Table):
    """``credentials`` of a target."""

    user: Written | None = None
    password: Secret | None = Field(default=None, repr=False)
    password_env: VariableName | None = None
    group: Written | None = None
    open: Secret | None = Field(default=None, repr=False)
    open_env: VariableName | None = None
    anonymous: bool | None = None


class TlsTable(Table):
    """``tls`` of a target in its long form."""

    ca_file: Written | None = None
    insecure: bool | None = None


TlsForms: TypeAlias = Annotated[
    Annotated[bool, Tag(SWITCH)] | Annotated[TlsTable, Tag(TABLE)], Discriminator(_switch_form)
]


class TargetTable(Table):
    """``target`` of a partner in its long form."""

    host: Host | None = None
    port: Port | None = None
    database: Database | None = None
    credentials: CredentialsTable | None = None
    tls: TlsForms | None = None
    charset: Codec | None = None


class LimitsTable(Table):
    """``limits``."""

    connections: Count | None = None
    operation_s: Seconds | None = None
    partner_s: Seconds | None = None


class PlaceTable(Table):
    """One entry of ``items.places``."""

    library: Written | None = None
    location: Written | None = None
    prefer: int


class ItemsTable(Table):
    """``items``."""

    allow_locations: Texts | None = None
    deny_locations: Texts | None = None
    allow_policies: Texts | None = None
    deny_policies: Texts | None = None
    places: Annotated[tuple[PlaceTable, ...], Field(strict=False)] | None = None


class TermsTable(Table):
    """One of ``fulfilment.terms``."""

    is_requestable_for_physical_resource_sharing: bool


class FulfilmentRuleTable(Table):
    """One entry of ``fulfilment.rules``."""

    terms: Written
    library: Texts | None = None
    location: Texts | None = None
    item_policy: Texts | None = None
    material_type: Texts | None = None
    process_type: Texts | None = None
    temporary_location: Texts | None = None

    @model_validator(mode="before")
    @classmethod
    def _knows_no_patron(cls, written: Any) -> Any:
        """Refuse inputs that speak of a patron (the vendor allows none in terms that are looked up without one)."""
        for key in written if isinstance(written, dict) else ():
            if _PATRON.search(str(key)) and key not in cls.model_fields:
                raise ValueError(
                    f"asks for {key}: a rule may not depend on the patron, for whether an item may be requested is "
                    f"settled before one is known; ask for {', '.join(list(cls.model_fields)[1:])}"
                )
        return written


class FulfilmentTable(Table):
    """``fulfilment``: rules in order, and the terms of use that they name."""

    rules: Annotated[tuple[FulfilmentRuleTable, ...], Field(strict=False)] | None = None
    terms: dict[str, TermsTable] | None = None


class StepTable(Table):
    """One entry of a profile's ``steps``."""

    kind: Kind
    attributes: StepAttributes | None = None
    author_attributes: AuthorAttributes | None = None


class StepAttributesTable(Table):
    """``attributes`` of a profile: the short form, one key a step; ``author`` belongs to the title step."""

    lccn: StepAttributes | None = None
    control_number: StepAttributes | None = None
    isbn: StepAttributes | None = None
    issn: StepAttributes | None = None
    title: StepAttributes | None = None
    author: AuthorAttributes | None = None


class ProfileTable(Table):
    """``profile``."""

    steps: Annotated[tuple[StepTable, ...], Field(strict=False), AfterValidator(some)] | None = None
    attributes: StepAttributesTable | None = None
    skip_steps: Kinds | None = None
    locate_by: Kinds | None = None
    pqf_prefix: PqfPrefix | None = None
    query_charset: Codec | None = None
    record_syntaxes: Syntaxes | None = None
    element_set: ElementSet | None = None
    max_records: Count | None = None
    max_searches: Count | None = None
    accept: Verdicts | None = None


TargetForms: TypeAlias = Annotated[
    Annotated[str, Tag(TEXT)] | Annotated[TargetTable, Tag(TABLE)], Discriminator(_target_form)
]
ProfileForms: TypeAlias = Annotated[
    Annotated[bool, Tag(SWITCH)] | Annotated[ProfileTable, Tag(TABLE)], Discriminator(_switch_form)
]


class DefaultsTable(Table):
    """``[defaults]``: what a partner's table may say too."""

    system: Written | None = None
    limits: LimitsTable | None = None
    items: ItemsTable | None = None
    fulfilment: FulfilmentTable | None = None
    profile: ProfileForms | None = None
    on_error: OnErrorName | None = None


class CatalogTable(DefaultsTable):
    """A catalog to search: that of a partner, or one's own (``institution.catalog``)."""

    target: TargetForms | None = None
    dialect: dict[str, Any] | None = Field(default=None, repr=False)


class PartnerTable(CatalogTable):
    """One ``[[partners]]``."""

    code: Written | None = None
    name: Written | None = None
    holdings_codes: Texts | None = None


class ElectronicRuleTable(Table):
    """One entry of ``lending.electronic_rules``."""

    reject: bool
    reason: Written | None = None
    partner: Texts | None = None
    citation_type: TypeWords | None = None
    requested_format: CarrierWords | None = None
    level_of_service: Texts | None = None
    licence_permits_ill: PermissionWords | None = None
    electronic_kind: KindWords | None = None
    coverage_fits: FitWords | None = None


class LicenceTable(Table):
    """One entry of ``lending.licences``."""

    resource: Written
    permits_ill: Permission


class LendingTable(Table):
    """``[lending]``."""

    temporarily_inactive: bool | None = None
    automatic_locate: bool | None = None
    reject_when_locate_fails: bool | None = None
    ignore_electronic: bool | None = None
    ignore_electronic_for_physical_only: bool | None = None
    prefer_electronic_for_articles: bool | None = None
    reject_when_only_electronic: bool | None = None
    reject_when_no_available: bool | None = None
    reject_when_no_requestable: bool | None = None
    item_rules_for_digital: bool | None = None
    auto_request_lending: bool | None = None
    supply_from: Texts | None = None
    electronic_rules: Annotated[tuple[ElectronicRuleTable, ...], Field(strict=False)] | None = None
    licences: Annotated[tuple[LicenceTable, ...], Field(strict=False)] | None = None


class BorrowingTable(Table):
    """``[borrowing]``."""

    check_own_catalog: bool | None = None


class RootTable(Table):
    """The file. The tables below it are read one by one, so that a mistake in one leaves the others to be judged."""

    institution: dict[str, Any] | None = Field(default=None, repr=False)
    run: dict[str, Any] | None = Field(default=None, repr=False)
    lending: dict[str, Any] | None = Field(default=None, repr=False)
    borrowing: dict[str, Any] | None = Field(default=None, repr=False)
    defaults: dict[str, Any] | None = Field(default=None, repr=False)
    partners: list[Any] | None = Field(default=None, repr=False)
