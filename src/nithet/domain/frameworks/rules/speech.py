"""Rules, results, reasons and changes as plain sentences, in Thai and English."""

from collections.abc import Mapping

from nithet.domain.frameworks.rules import phrases
from nithet.domain.frameworks.rules.conditions import (
    All,
    AnyOf,
    Condition,
    Not,
    Quantified,
    Reaches,
    ScoreAtLeast,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.edition import ROOT, Edition
from nithet.domain.frameworks.rules.efforts import Change, ChangeKind
from nithet.domain.frameworks.rules.facts import (
    NAMED_TRACES,
    TRACE_OF_RANK,
    Answer,
    NamedTrace,
    TraceState,
)
from nithet.domain.frameworks.rules.judge import Judgement
from nithet.domain.frameworks.rules.outcomes import TestRef
from nithet.domain.frameworks.rules.reasons import Clause, Finding
from nithet.domain.frameworks.rules.trace import Shortfall, Trace
from nithet.domain.frameworks.rules.words import Language, Text


def read_aloud(edition: Edition, judgement: Judgement, language: Language) -> tuple[str, ...]:
    """The whole judgement in sentences: result, what is missing, what is possible, every clause, flags.

    For a page that says all of it; `say_result`, `say_clause` and the others say one part.
    """
    lines = [say_result(edition, judgement, language)]
    lines += [say_missing(edition, one, language) for one in judgement.missing]
    lines += [say_unanswered(edition, one, language) for one in judgement.unanswered]
    if not judgement.settled:
        lines.append(_say_possible(edition, judgement, language))
    lines += [say_clause(edition, judgement, clause, language) for clause in judgement.clauses]
    lines += [say_flag(edition, flag, language) for flag in judgement.flags]
    return tuple(_sentence(line) for line in lines)


def say_result(edition: Edition, judgement: Judgement, language: Language) -> str:
    """The computed level in one sentence, with the items in the way where none is reached."""
    label = judgement.label_in(language)
    if not judgement.settled:
        count = len(judgement.unanswered)
        return _filled(phrases.RESULT_OPEN, language, label=label, count=count)
    grading = edition.root.levels
    if judgement.level is not None or grading is None or not judgement.clauses:
        return _filled(phrases.RESULT, language, label=label)
    because = say_findings(edition, judgement.obstacles, language)
    return _filled(phrases.RESULT_MISSING, language, label=label, because=because)


def say_unanswered(edition: Edition, open_test: TestRef, language: Language) -> str:
    """“ข้อ 4 ยังไม่ได้ตอบ: ทันตามกำหนดเวลา”."""
    return _about_test(phrases.UNANSWERED, edition, open_test, language)


def say_missing(edition: Edition, missing: TestRef, language: Language) -> str:
    """“ข้อ 4 ยังไม่ครบ: ทันตามกำหนดเวลา”."""
    return _about_test(phrases.MISSING, edition, missing, language)


def _about_test(words: Text, edition: Edition, ref: TestRef, language: Language) -> str:
    item = name_of(edition, ref.item, language)
    return _filled(words, language, item=item, test=say_test(edition, ref, language))


def say_test(edition: Edition, ref: TestRef, language: Language) -> str:
    """The words of a test, or what else is asked under its name."""
    for test in edition.nodes[ref.item].tests:
        if test.id == ref.test:
            return test.name.say(language)
    other = {"level": phrases.THE_LEVEL, "value": phrases.THE_VALUE}.get(ref.test)
    return other.say(language) if other else ref.test


def say_flag(edition: Edition, flag: str, language: Language) -> str:
    """What a flag says."""
    for one in edition.root.levels.flags if edition.root.levels else ():
        if one.id == flag:
            return one.name.say(language)
    return flag


def name_of(edition: Edition, node: str, language: Language) -> str:
    """“ข้อ 3”: the edition's word for an item or a part, with its id; the whole has a word of its own."""
    if node == ROOT:
        return phrases.THE_WHOLE.say(language)
    noun = "part" if edition.nodes[node].children else "item"
    return f"{edition.word(noun).say(language)} {node}"


def _say_possible(edition: Edition, judgement: Judgement, language: Language) -> str:
    grading = edition.root.levels
    word = edition.word("level").say(language)
    levels = phrases.listed([str(level) for level in judgement.possible], language)
    below = any(end[3] is None for end in judgement.ends)
    if below and grading is not None:
        otherwise = grading.otherwise.say(language)
        words = phrases.STILL_POSSIBLE
        return _filled(words, language, word=word, levels=levels, otherwise=otherwise)
    return _filled(phrases.STILL_POSSIBLE_ONLY, language, word=word, levels=levels)


# Clauses


def say_clause(edition: Edition, judgement: Judgement, clause: Clause, language: Language) -> str:
    """One rule held against the facts: “ระดับ 4 ไม่ถึง เพราะ ข้อ 3 และ 4 ร่องรอยหลักฐานยังไม่ชัดเจน”."""
    level = phrases.level_name(edition, edition.root, clause.level).say(language)
    because = say_findings(edition, clause.because, language)
    sentence = _filled(_sentence_of(judgement, clause), language, level=level, because=because)
    return _filled(phrases.READING, language, sentence=sentence) if clause.reading else sentence


def _sentence_of(judgement: Judgement, clause: Clause) -> Text:
    if clause.holds is None:
        return phrases.CLAUSE_OPEN
    highest = max(judgement.possible, default=None)
    if clause.holds:
        earned = judgement.level is not None and clause.level == judgement.level
        return phrases.CLAUSE_EARNED if earned else phrases.CLAUSE_PASSED
    out_of_reach = highest is None or clause.level > highest
    return phrases.CLAUSE_FAILED if out_of_reach else phrases.CLAUSE_ASIDE


def say_rule(edition: Edition, clause: Clause, language: Language) -> str:
    """What a clause asks: the source's own words, or the rule read aloud."""
    if clause.text is not None:
        return clause.text.say(language)
    if clause.band is not None:
        low, high = clause.band
        word = edition.word("score").say(language)
        return _filled(phrases.BAND, language, word=word, low=low, high=high)
    if clause.condition is None:
        return phrases.BY_PERSON.say(language)
    return say_condition(edition, clause.condition, language)


def say_findings(edition: Edition, found: tuple[Finding, ...], language: Language) -> str:
    """Reasons one after another; "" for none."""
    return "; ".join(say_finding(edition, one, language) for one in found)


def say_finding(edition: Edition, one: Finding, language: Language) -> str:
    """One reason: “ข้อ 3 และ 4 ร่องรอยหลักฐานยังไม่ชัดเจน”."""
    if one.subject is Subject.TEST and one.found in phrases.TEST_FOUND:
        names = phrases.listed(list(one.ids), language)
        return _filled(phrases.TEST_FOUND[one.found], language, names=names)
    return _filled(
        phrases.FOUND[one.found],
        language,
        who=_who(edition, one, language),
        detail=one.detail,
        level_word=edition.word("level").say(language),
        score_word=edition.word("score").say(language),
    )


def _who(edition: Edition, one: Finding, language: Language) -> str:
    noun = edition.word(phrases.SUBJECT_NOUNS[one.subject]).say(language)
    if not one.ids:
        return noun
    if one.subject is Subject.ITEM and len(one.ids) > 1 and len(one.ids) == len(edition.items):
        return _filled(phrases.EVERY_ONE, language, noun=noun)
    plural = language == "en" and len(one.ids) > 1
    names = phrases.listed(list(one.ids), language)
    return _filled(
        phrases.THOSE, language, noun=phrases.plural(noun) if plural else noun, names=names
    )


# Conditions


def say_condition(edition: Edition, condition: Condition, language: Language) -> str:
    """A rule read aloud: “ทุกข้อร่องรอยหลักฐานเด่นชัด ตรวจสอบได้”."""
    match condition:
        case Quantified():
            return _say_quantified(edition, condition, language)
        case ScoreAtLeast(score):
            word = edition.word("score").say(language)
            return _filled(
                phrases.SCORE_AT_LEAST, language, word=word, score=f"{score.normalize():f}"
            )
        case Reaches(level):
            word = edition.word("level").say(language)
            return _filled(phrases.REACHES, language, word=word, level=level)
        case Not(part):
            phrase = say_condition(edition, part, language)
            return _filled(phrases.NEGATED, language, phrase=phrase)
        case All(parts):
            joint = phrases.AND_PHRASES.say(language)
            return joint.join(say_condition(edition, part, language) for part in parts)
        case AnyOf(parts):
            joint = phrases.OR_PHRASES.say(language)
            return joint.join(say_condition(edition, part, language) for part in parts)


def _say_quantified(edition: Edition, condition: Quantified, language: Language) -> str:
    noun = edition.word(phrases.SUBJECT_NOUNS[condition.subject]).say(language)
    state = say_state(edition, condition.state, condition.subject, language)
    if condition.subject is Subject.OWN:
        return state
    if condition.among is not None and len(condition.among) == 1:
        name = condition.among[0]
        return _filled(phrases.NAMED, language, noun=noun, name=name, state=state)
    places: dict[str, object] = {"noun": noun, "state": state, "count": condition.count}
    places["nouns"] = noun if condition.count == 1 else phrases.plural(noun)
    places["states"] = state if condition.count == 1 else phrases.plural(state)
    phrase = _filled(phrases.QUANTIFIED[condition.quantifier], language, **places)
    if condition.among is not None:
        names = phrases.listed(list(condition.among), language)
        phrase = _filled(phrases.AMONG, language, noun=noun, names=names, phrase=phrase)
    if condition.others is None:
        return phrase
    rest = say_state(edition, condition.others, condition.subject, language)
    return phrase + _filled(
        phrases.OTHERS, language, noun=noun, state=rest, states=phrases.plural(rest)
    )


def say_state(edition: Edition, state: State, subject: Subject, language: Language) -> str:
    """What is asked of one subject."""
    said: list[str] = []
    if state.done is not None:
        words = phrases.TEST_DONE if subject is Subject.TEST else phrases.DONE
        said.append(words[state.done].say(language))
    if state.traces == frozenset({TraceState.CLEAR}) and state.checkable:
        said.append(phrases.CLEAR_AND_CHECKABLE.say(language))
    else:
        if state.traces is not None:
            ordered = [one for one in TraceState if one in state.traces]
            joint = phrases.OR_PHRASES.say(language)
            said.append(joint.join(phrases.TRACE[one].say(language) for one in ordered))
        if state.checkable is not None:
            said.append(phrases.CHECKABLE[state.checkable].say(language))
    if state.level is not None:
        word = edition.word("level").say(language)
        said.append(_filled(phrases.LEVEL_OR_MORE, language, word=word, level=state.level))
    return phrases.AND_PHRASES.say(language).join(said)


# Changes


def say_change(edition: Edition, change: Change, language: Language) -> str:
    """What is to be done: “ข้อ 4 ทำให้ครบ: ทันตามกำหนดเวลา”."""
    item = name_of(edition, change.item, language)
    node = edition.nodes[change.item]
    match change.kind:
        case ChangeKind.TEST_DONE:
            test = say_test(edition, TestRef(change.item, change.detail), language)
            return _filled(phrases.CHANGE_TEST, language, item=item, test=test)
        case ChangeKind.TRACE_TO:
            state = phrases.NAMED_TRACE[NamedTrace(change.detail)].say(language)
            return _filled(phrases.CHANGE_TRACE, language, item=item, state=state)
        case ChangeKind.LEVEL_TO:
            word = edition.word("level").say(language)
            return _filled(
                phrases.CHANGE_LEVEL, language, item=item, word=word, level=change.detail
            )
        case ChangeKind.VALUE_TO:
            unit = node.value.unit.say(language) if node.value else ""
            return _filled(
                phrases.CHANGE_VALUE, language, item=item, value=change.detail, unit=unit
            )


def say_why(change: Change, language: Language) -> str:
    """How it stands now, which is why the change is needed."""
    if change.kind is ChangeKind.TEST_DONE:
        unanswered = change.because == Answer.UNANSWERED
        words = phrases.BECAUSE_UNANSWERED if unanswered else phrases.BECAUSE_NOT_DONE
        return words.say(language)
    if change.kind is ChangeKind.TRACE_TO:
        return phrases.TRACE_STATE[NamedTrace(change.because)].say(language)
    if not change.because:
        return phrases.BECAUSE_NOTHING.say(language)
    return _filled(phrases.BECAUSE_NOW, language, now=change.because)


# Traces


def say_trace(edition: Edition, trace: Trace, language: Language) -> tuple[str, ...]:
    """The state of an item's trace, and for each thing it lacks a sentence on what would mend it."""
    state = NAMED_TRACES[TRACE_OF_RANK.index((trace.state, trace.checkable))]
    lines = [phrases.TRACE_STATE[state].say(language)]
    lines += [_say_shortfall(edition, one, language) for one in trace.because]
    return tuple(_sentence(line) for line in lines)


def _say_shortfall(edition: Edition, one: Shortfall, language: Language) -> str:
    places: dict[str, object] = {"needed": one.needed, "have": one.have}
    places["quality"] = phrases.QUALITY[one.quality].say(language)
    words = phrases.SHORT_OF_PIECES
    if one.expected is not None:
        names = {kind.id: kind.name.say(language) for kind in edition.kinds}
        joint = phrases.OR_PHRASES.say(language)
        places["kinds"] = joint.join(names.get(kind, kind) for kind in one.expected.kinds)
        words = phrases.SHORT_OF_KIND
    parts = [_filled(words, language, **places)]
    criteria = {criterion.id: criterion.name.say(language) for criterion in edition.clarity}
    for sentence, ids in ((phrases.UNMET, one.unmet), (phrases.NOT_LOOKED_AT, one.unanswered)):
        if ids:
            listed = phrases.listed([criteria[name] for name in ids], language)
            parts.append(_filled(sentence, language, names=listed))
    return "; ".join(parts)


def _filled(words: Text, language: Language, **places: object) -> str:
    filled: Mapping[str, object] = places
    return words.say(language) % filled


def _sentence(words: str) -> str:
    """Words as a sentence of its own: English ones begin with a capital."""
    return words[:1].upper() + words[1:]
