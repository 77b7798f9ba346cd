"""The words in which rules, reasons and changes are said, in Thai and English.

Sentences about quality levels are the matter itself here, not labels of a page, so they stand beside
the rules that they read aloud, each in both languages.
"""

from collections.abc import Mapping, Sequence

from nithet.domain.frameworks.rules.conditions import Quality, Quantifier, Subject
from nithet.domain.frameworks.rules.edition import Edition, Node
from nithet.domain.frameworks.rules.facts import NamedTrace, TraceState
from nithet.domain.frameworks.rules.reasons import Found
from nithet.domain.frameworks.rules.words import Language, Text

UNSETTLED = Text("ยังระบุระดับไม่ได้", "not yet known")

# States, as what is said of one subject; English ones begin with "is" or "has" (see `plural`).
DONE = {
    True: Text("ดำเนินการครบ", "is done"),
    False: Text("ยังดำเนินการไม่ครบ", "is not done"),
}
TEST_DONE = {True: Text("ทำแล้ว", "is met"), False: Text("ยังไม่ได้ทำ", "is not met")}
TRACE: Mapping[TraceState, Text] = {
    TraceState.NONE: Text("ไม่มีร่องรอยหลักฐาน", "has no trace of evidence"),
    TraceState.UNCLEAR: Text("ร่องรอยหลักฐานขาดความชัดเจน", "has an unclear trace of evidence"),
    TraceState.CLEAR: Text("ร่องรอยหลักฐานชัดเจน", "has a clear trace of evidence"),
}
CLEAR_AND_CHECKABLE = Text(
    "ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้", "has a conspicuous, checkable trace of evidence"
)
CHECKABLE = {
    True: Text("ร่องรอยหลักฐานตรวจสอบได้", "has a checkable trace of evidence"),
    False: Text("ร่องรอยหลักฐานตรวจสอบไม่ได้", "has a trace of evidence that cannot be checked"),
}
LEVEL_OR_MORE = Text("ได้%(word)s %(level)s ขึ้นไป", "is at %(word)s %(level)s or above")

NAMED_TRACE: Mapping[NamedTrace, Text] = {
    NamedTrace.NONE: Text("ไม่มีร่องรอยหลักฐาน", "no trace of evidence"),
    NamedTrace.UNCLEAR: Text("มีร่องรอยหลักฐาน", "some trace of evidence"),
    NamedTrace.CLEAR: Text("ร่องรอยหลักฐานชัดเจน", "a clear trace of evidence"),
    NamedTrace.CHECKABLE: Text(
        "ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้", "a conspicuous, checkable trace of evidence"
    ),
}
# `nouns` and `states` are the plural, which only English has.
QUANTIFIED: Mapping[Quantifier, Text] = {
    Quantifier.EVERY: Text("ทุก%(noun)s%(state)s", "every %(noun)s %(state)s"),
    Quantifier.SOME: Text("บาง%(noun)s%(state)s", "some %(noun)s %(state)s"),
    Quantifier.NO: Text("ไม่มี%(noun)sใดที่%(state)s", "no %(noun)s %(state)s"),
    Quantifier.EXACTLY: Text(
        "%(state)s %(count)s %(noun)sเท่านั้น", "exactly %(count)s %(nouns)s %(states)s"
    ),
    Quantifier.AT_LEAST: Text(
        "%(state)s อย่างน้อย %(count)s %(noun)s", "at least %(count)s %(nouns)s %(states)s"
    ),
    Quantifier.AT_MOST: Text(
        "%(state)s ไม่เกิน %(count)s %(noun)s", "at most %(count)s %(nouns)s %(states)s"
    ),
}
NAMED = Text("%(noun)s %(name)s %(state)s", "%(noun)s %(name)s %(state)s")
AMONG = Text("ใน%(noun)s %(names)s: %(phrase)s", "among %(noun)s %(names)s: %(phrase)s")
OTHERS = Text(" %(noun)sอื่น%(state)s", ", the others %(states)s")
SCORE_AT_LEAST = Text("%(word)s %(score)s ขึ้นไป", "%(word)s of %(score)s or more")
REACHES = Text("ถึง%(word)s %(level)s แล้ว", "%(word)s %(level)s is reached")
NEGATED = Text("ไม่ใช่กรณีที่%(phrase)s", "it is not so that %(phrase)s")
BAND = Text("%(word)s %(low)s–%(high)s", "%(word)s of %(low)s–%(high)s")
BY_PERSON = Text("ผู้ประเมินพิจารณาตามคำอธิบาย", "a person judges by the description")

AND_PHRASES = Text(" และ ", " and ")
OR_PHRASES = Text(" หรือ ", " or ")

# What was found about items, `who` is "ข้อ 3 และ 4" or "ทุกข้อ".
FOUND: Mapping[Found, Text] = {
    Found.DONE: Text("%(who)s ดำเนินการครบ", "%(who)s: done"),
    Found.NOT_DONE: Text("%(who)s ยังดำเนินการไม่ครบ", "%(who)s: not done"),
    Found.OPEN: Text("%(who)s ยังตอบรายการตรวจไม่ครบ", "%(who)s: tests not all answered"),
    Found.TRACE_NONE: Text("%(who)s ไม่มีร่องรอยหลักฐาน", "%(who)s: no trace of evidence"),
    Found.TRACE_UNCLEAR: Text(
        "%(who)s ร่องรอยหลักฐานยังไม่ชัดเจน", "%(who)s: trace of evidence not yet clear"
    ),
    Found.TRACE_CLEAR: Text("%(who)s ร่องรอยหลักฐานชัดเจน", "%(who)s: trace of evidence clear"),
    Found.TRACE_NOT_CHECKABLE: Text(
        "%(who)s ร่องรอยหลักฐานชัดเจนแต่ยังตรวจสอบไม่ได้",
        "%(who)s: trace of evidence clear but not checkable",
    ),
    Found.TRACE_CHECKABLE: Text(
        "%(who)s ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้",
        "%(who)s: trace of evidence conspicuous and checkable",
    ),
    Found.LEVEL: Text("%(who)s ได้%(level_word)s %(detail)s", "%(who)s: %(level_word)s %(detail)s"),
    Found.LEVEL_BELOW: Text("%(who)s ไม่ถึงระดับต่ำสุด", "%(who)s: below the lowest level"),
    Found.LEVEL_OPEN: Text("%(who)s ยังระบุระดับไม่ได้", "%(who)s: level not yet known"),
    Found.SCORE: Text("%(score_word)s %(detail)s", "%(score_word)s %(detail)s"),
    Found.SCORE_NONE: Text("ยังไม่มี%(score_word)s", "no %(score_word)s"),
    Found.SCORE_OPEN: Text(
        "%(score_word)sอยู่ระหว่าง %(detail)s ตามคำตอบที่ยังขาด",
        "%(score_word)s between %(detail)s, depending on missing answers",
    ),
    Found.CHOSEN: Text(
        "ผู้ประเมินพิจารณาให้%(level_word)s %(detail)s", "a person chose %(level_word)s %(detail)s"
    ),
    Found.NOT_CHOSEN: Text("ยังไม่มีผู้พิจารณาระดับ", "nobody has chosen a level yet"),
    Found.NOTHING_APPLIES: Text("ไม่มี%(who)sที่ต้องพิจารณา", "no %(who)s to consider"),
}
TEST_FOUND: Mapping[Found, Text] = {
    Found.DONE: Text("ทำแล้ว: %(names)s", "met: %(names)s"),
    Found.NOT_DONE: Text("ยังไม่ได้ทำ: %(names)s", "not met: %(names)s"),
    Found.OPEN: Text("ยังไม่ได้ตอบ: %(names)s", "not answered: %(names)s"),
}
EVERY_ONE = Text("ทุก%(noun)s", "every %(noun)s")
THOSE = Text("%(noun)s %(names)s", "%(noun)s %(names)s")

RESULT = Text("ระดับจากข้อมูล: %(label)s", "computed level: %(label)s")
RESULT_MISSING = Text(
    "ระดับจากข้อมูล: %(label)s เพราะ %(because)s", "computed level: %(label)s, because %(because)s"
)
RESULT_OPEN = Text(
    "ระดับจากข้อมูล: %(label)s เพราะยังมีรายการที่ไม่ได้ตอบ %(count)s รายการ",
    "computed level: %(label)s, because %(count)s answers are missing",
)
STILL_POSSIBLE = Text(
    "เมื่อตอบครบแล้ว อาจได้%(word)s %(levels)s หรือ%(otherwise)s",
    "once answered, the result can be %(word)s %(levels)s, or: %(otherwise)s",
)
STILL_POSSIBLE_ONLY = Text(
    "เมื่อตอบครบแล้ว อาจได้%(word)s %(levels)s", "once answered, the result can be %(word)s %(levels)s"
)

CLAUSE_EARNED = Text("ได้%(level)s เพราะ %(because)s", "%(level)s reached, because %(because)s")
CLAUSE_PASSED = Text(
    "เงื่อนไข%(level)s ครบด้วย เพราะ %(because)s", "%(level)s is met as well, because %(because)s"
)
CLAUSE_FAILED = Text(
    "%(level)s ไม่ถึง เพราะ %(because)s", "%(level)s not reached, because %(because)s"
)
CLAUSE_ASIDE = Text(
    "เงื่อนไข%(level)s ไม่ใช่กรณีนี้ เพราะ %(because)s",
    "the condition of %(level)s is not this case, because %(because)s",
)
CLAUSE_OPEN = Text(
    "%(level)s ยังไม่ทราบ เพราะ %(because)s", "%(level)s not yet known, because %(because)s"
)
READING = Text("(ตีความ) %(sentence)s", "(reading) %(sentence)s")

UNANSWERED = Text("%(item)s ยังไม่ได้ตอบ: %(test)s", "%(item)s, not answered: %(test)s")
MISSING = Text("%(item)s ยังไม่ครบ: %(test)s", "%(item)s, not done: %(test)s")
THE_LEVEL = Text("ระดับที่ผู้ประเมินพิจารณา", "the level that a person chooses")
THE_VALUE = Text("ค่าของข้อนี้", "the value of this item")
THE_WHOLE = Text("ภาพรวม", "the whole")

CHANGE_TEST = Text("%(item)s ดำเนินการให้ครบ: %(test)s", "%(item)s, get done: %(test)s")
CHANGE_TRACE = Text("%(item)s ทำให้%(state)s", "%(item)s, get %(state)s")
CHANGE_LEVEL = Text("%(item)s ยกขึ้นเป็น%(word)s %(level)s", "%(item)s, raise to %(word)s %(level)s")
CHANGE_VALUE = Text(
    "%(item)s ปรับค่าเป็น %(value)s %(unit)s", "%(item)s, bring the value to %(value)s %(unit)s"
)
BECAUSE_UNANSWERED = Text("ยังไม่ได้ตอบรายการตรวจนี้", "this test is not answered")
BECAUSE_NOT_DONE = Text("รายการตรวจนี้ยังไม่ครบ", "this test is not done")
BECAUSE_NOW = Text("ปัจจุบัน %(now)s", "now %(now)s")
BECAUSE_NOTHING = Text("ยังไม่มีข้อมูล", "nothing is known yet")


def level_name(edition: Edition, node: Node, level: int) -> Text:
    """What a level is called: its own name, or the edition's word with the number."""
    for one in node.levels.scale if node.levels else ():
        if one.number == level and one.name is not None:
            return one.name
    word = edition.word("level")
    return Text(f"{word.th} {level}", f"{word.say('en')} {level}")


def listed(names: Sequence[str], language: Language) -> str:
    """Names as a list for a sentence.

    >>> listed(["3", "4", "5"], "th"), listed(["3"], "th"), listed(["3", "4"], "en")
    ('3, 4 และ 5', '3', '3 and 4')
    """
    if len(names) < 2:
        return "".join(names)
    joint = " และ " if language == "th" else " and "
    return ", ".join(names[:-1]) + joint + names[-1]


def plural(words: str) -> str:
    """English words for several: a noun takes an s, a state another verb.

    >>> plural("item"), plural("is done"), plural("has no trace of evidence")
    ('items', 'are done', 'have no trace of evidence')
    """
    first, _, rest = words.partition(" ")
    verb = {"is": "are", "has": "have"}.get(first)
    return f"{words}s" if verb is None else f"{verb} {rest}"


SUBJECT_NOUNS: Mapping[Subject, str] = {
    Subject.ITEM: "item",
    Subject.PART: "part",
    Subject.TEST: "test",
    Subject.OWN: "item",
}

# The trace of one item.
TRACE_STATE: Mapping[NamedTrace, Text] = {
    NamedTrace.NONE: Text("ยังไม่มีร่องรอยหลักฐาน", "there is no trace of evidence"),
    NamedTrace.UNCLEAR: Text("ร่องรอยหลักฐานยังไม่ชัดเจน", "the trace of evidence is not yet clear"),
    NamedTrace.CLEAR: Text(
        "ร่องรอยหลักฐานชัดเจนแต่ยังตรวจสอบไม่ได้", "the trace of evidence is clear but not checkable"
    ),
    NamedTrace.CHECKABLE: Text(
        "ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้", "the trace of evidence is conspicuous and checkable"
    ),
}
SHORT_OF_KIND = Text(
    "ต้องมี%(kinds)sที่%(quality)s %(needed)s ชิ้น มีแล้ว %(have)s ชิ้น",
    "%(kinds)s: %(needed)s needed that is %(quality)s, %(have)s there",
)
SHORT_OF_PIECES = Text(
    "ต้องมีหลักฐานที่%(quality)s %(needed)s ชิ้น มีแล้ว %(have)s ชิ้น",
    "%(needed)s pieces needed that are %(quality)s, %(have)s there",
)
QUALITY: Mapping[Quality, Text] = {
    Quality.CLEAR: Text("ชัดเจน", "clear"),
    Quality.CHECKABLE: Text("ชัดเจนและตรวจสอบได้", "clear and checkable"),
}
UNMET = Text("ยังไม่ผ่าน: %(names)s", "not met: %(names)s")
NOT_LOOKED_AT = Text("ยังไม่ได้ตรวจ: %(names)s", "not looked at yet: %(names)s")
