"""Hypothesis strategies for GRS-1 records."""

from __future__ import annotations

from hypothesis import strategies as st

from locate.z3950 import grs1
from tests.z3950.pieces import (
    arm,
    externals,
    int_units,
    integers,
    octets,
    oids,
    optional,
    strings_or_numbers,
    terms,
    texts,
    times,
    tuples,
    units,
)

__all__ = ["generic_records"]

_variants = st.builds(
    grs1.AppliedVariant,
    tuples(
        st.builds(
            grs1.VariantTriple,
            integers,
            integers,
            arm("integer", integers)
            | arm("string", texts)
            | arm("octets", octets)
            | arm("oid", oids)
            | arm("boolean", st.booleans())
            | arm("null", st.none())
            | arm("unit", units)
            | arm("value_and_unit", int_units),
            optional(oids),
        )
    ),
    optional(oids),
)
_tag_paths = tuples(st.builds(grs1.TagStep, strings_or_numbers, optional(integers), optional(integers)))
_hit_vectors = st.builds(
    grs1.HitVector, optional(terms), optional(int_units), optional(int_units), optional(integers), optional(octets)
)
_meta_data = st.builds(
    grs1.ElementMetaData,
    optional(st.builds(grs1.ElementOrder, st.booleans(), integers)),
    optional(st.builds(grs1.Usage, integers, optional(texts))),
    tuples(_hit_vectors),
    optional(texts),
    tuples(_variants),
    optional(texts),
    optional(octets),
    _tag_paths,
    _tag_paths,
    optional(externals),
)
_leaves = (
    arm("octets", octets)
    | arm("numeric", integers)
    | arm("date", times)
    | arm("ext", externals)
    | arm("string", texts)
    | arm("true_or_false", st.booleans())
    | arm("oid", oids)
    | arm("int_unit", int_units)
    | st.sampled_from(["element_not_there", "element_empty", "no_data_requested"]).map(lambda name: (name, None))
    | arm("diagnostic", externals)
)


def _elements(contents: st.SearchStrategy[tuple[str, object]]) -> st.SearchStrategy[tuple[object, ...]]:
    return tuples(
        st.builds(
            grs1.TaggedElement,
            strings_or_numbers,
            contents,
            optional(integers),
            optional(integers),
            optional(_meta_data),
            optional(_variants),
        )
    )


generic_records = st.builds(
    grs1.GenericRecord,
    st.recursive(_elements(_leaves), lambda inner: _elements(_leaves | arm("subtree", inner)), max_leaves=3),
)
