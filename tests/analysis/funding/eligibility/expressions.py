"""Random conditions over few fields with few values, so that all answers can be listed."""

from hypothesis import strategies as st

SIZES = ("small", "medium", "large", "none")
SEATS = ("DE11", "DE25", "PL21", "FRK2")
DOMAINS = {
    "employees": tuple(range(7)),
    "members": tuple(range(7)),
    "size": SIZES,
    "lead": (True, False),
    "themes": ((), ("ict",), ("wood",), ("ict", "wood")),
}
COMPARED = ("lt", "le", "gt", "ge", "eq", "ne")

roots = st.sampled_from(["partner"])


def leaves(root):
    number = st.integers(0, 5)
    figure = st.sampled_from([f"{root}.employees", f"{root}.members"])
    other = st.fixed_dictionaries({"field": figure})
    return st.one_of(
        st.builds(
            lambda op, path, value: {op: [path, value]},
            st.sampled_from(COMPARED),
            figure,
            number | other,
        ),
        st.builds(
            lambda op, value: {op: [f"{root}.size", value]},
            st.sampled_from(["eq", "ne"]),
            st.sampled_from(SIZES),
        ),
        st.builds(
            lambda values: {"in": [f"{root}.size", values]},
            st.lists(st.sampled_from(SIZES), max_size=4),
        ),
        st.builds(lambda value: {"eq": [f"{root}.lead", value]}, st.booleans()),
        st.builds(
            lambda op, words: {op: [f"{root}.themes", words]},
            st.sampled_from(["hasany", "hasall"]),
            st.lists(st.sampled_from(["ict", "wood"]), max_size=2),
        ),
        st.builds(lambda value: {"const": value}, st.booleans()),
    )


def branches(inner):
    some = st.lists(inner, max_size=3)
    return st.one_of(
        st.builds(lambda parts: {"all": parts}, some),
        st.builds(lambda parts: {"any": parts}, some),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda n, parts: {"atleast": {"n": n, "of": parts}},
            st.integers(0, 3),
            some,
        ),
    )


def counts(where):
    return st.builds(
        lambda one, n, key: {
            "count": {"of": "partners", "where": one, "ge": n, **({"distinct": key} if key else {})}
        },
        where,
        st.integers(0, 3),
        st.sampled_from([None, "it.size", "it.employees"]),
    )


plain = st.recursive(leaves("partner"), branches, max_leaves=6)
inside = st.recursive(leaves("it"), branches, max_leaves=3)
expressions = st.recursive(leaves("partner") | counts(inside), branches, max_leaves=6)


def records(**more):
    """A partner of whom some things are known."""
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in DOMAINS.items()}
    ).map(lambda record: {**record, **more})
