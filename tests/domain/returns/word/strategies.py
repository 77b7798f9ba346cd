"""Documents for property tests: any document for the codec, plausible ones for the comparison."""

from hypothesis import strategies as st

from nithet.domain.returns.document import (
    Block,
    Captions,
    EvidenceMark,
    InformationLine,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
)

ticks = st.none() | st.booleans()
words = st.text(st.sampled_from("กขคงสรนมาิีุู่้ำเแ ()/-0123456789๑abC.\n"), max_size=30)
lines = st.none() | st.integers(1, 10_000)
breaks = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 900)), max_size=2).map(tuple)
numbers = st.none() | st.integers(0, 12)

levels = st.builds(LevelRow, st.integers(0, 9), words, ticks, st.booleans(), line=lines)
information = st.builds(
    InformationLine, st.sampled_from(Kind), words, words, ticks, st.booleans(), line=lines, breaks=breaks
)
paragraphs = st.builds(
    Paragraph,
    words,
    st.sampled_from(Role),
    st.none() | st.sampled_from(Section),
    words,
    st.integers(0, 5),
    line=lines,
    breaks=breaks,
)
evidence = st.builds(
    EvidenceMark,
    words,
    ticks,
    st.booleans(),
    st.lists(words, max_size=2).map(tuple),
    words,
    st.booleans(),
    line=lines,
    breaks=breaks,
)
blocks = st.builds(
    Block,
    issue=st.none() | words,
    indicator=numbers,
    item=st.integers(0, 9),
    item_title=words,
    continued=st.booleans(),
    captions=st.builds(Captions, words, words, words),
    columns=st.lists(words, max_size=5).map(tuple),
    levels=st.lists(levels, max_size=3).map(tuple),
    information=st.lists(information, max_size=3).map(tuple),
    narrative=st.lists(paragraphs, max_size=3).map(tuple),
    evidence=st.lists(evidence, max_size=3).map(tuple),
    line=lines,
)
documents = st.builds(
    ReturnDocument,
    office=st.none() | words,
    fiscal_year=st.none() | st.integers(2500, 2600),
    standard=numbers,
    indicator=numbers,
    issue=st.none() | words,
    heading=st.lists(words, max_size=3).map(tuple),
    columns=st.lists(words, max_size=5).map(tuple),
    blocks=st.lists(blocks, max_size=3).map(tuple),
)
