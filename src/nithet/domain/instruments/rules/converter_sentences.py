"""The sentences of the converter of forms that are known, and how each is said here."""

import re
from dataclasses import dataclass

from nithet.kernel.messages import msgid


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence of the converter: what it looks like, and how it is said here with the named parts it holds."""

    code: str
    pattern: re.Pattern[str]
    message: str


def _known(code: str, pattern: str, message: str) -> Known:
    return Known(code, re.compile(pattern, re.DOTALL), message)


SENTENCES = (
    _known(
        "no_words",
        r"The survey element named '(?P<name>[^']*)' has no label or hint",
        msgid("The question “%(name)s” has no words in the column “label”."),
    ),
    _known(
        "name_twice",
        r"'name' value '(?P<name>[^']*)' is invalid.*must be unique",
        msgid(
            "The name “%(name)s” stands twice in the same group. Give each question its own, or leave the column “name” empty."
        ),
    ),
    _known(
        "name_case",
        r"'name' value '(?P<name>[^']*)' is problematic",
        msgid(
            "The name “%(name)s” differs from another one only in capital letters, which statistics may mix up."
        ),
    ),
    _known(
        "repeat_name_root",
        r"'name' value '(?P<name>[^']*)' is invalid. Repeat names must not be the same as the survey",
        msgid(
            "A repeated group must not have the name “%(name)s”, which is that of the whole form."
        ),
    ),
    _known(
        "repeat_name_twice",
        r"'name' value '(?P<name>[^']*)' is invalid. Repeat names must",
        msgid("Two repeated groups have the name “%(name)s”. Give each its own."),
    ),
    _known(
        "name_meta",
        r"'name' value 'meta' is invalid",
        msgid("The name “meta” belongs to the form itself. Choose another."),
    ),
    _known(
        "choice_without_name",
        r"'choices' sheet, the 'name' value is invalid. Choices must have a name",
        msgid("A choice has no value in the column “name”."),
    ),
    _known(
        "choice_twice",
        r"Choice names must be unique for each choice list",
        msgid("A list of choices has the same value twice in the column “name”."),
    ),
    _known(
        "name_signs",
        r"'(?P<column>[^']*)' value is invalid. Names must begin with a letter",
        msgid(
            "The column “%(column)s” holds a name with signs that devices do not understand. Use a–z, 0–9 and _, or leave it empty."
        ),
    ),
    _known(
        "name_signs",
        r"The '(?P<name>.*)' value is invalid. Names must begin",
        msgid("The name “%(name)s” has signs that devices do not understand. Use a–z, 0–9 and _."),
    ),
    _known(
        "choice_without_label",
        r"Choices should have a label",
        msgid("A choice has no words in the column “label”, so its value is shown."),
    ),
    _known(
        "no_label",
        r"(?P<kind>Group|Repeat|Loop) has no label",
        msgid("A group has no heading. It is shown without one."),
    ),
    _known(
        "max_pixels",
        r"Use the max-pixels parameter",
        msgid(
            "A photo question sets no largest size. Photos are made smaller on the phone; write max-pixels=1600 in “parameters” to say so for other devices."
        ),
    ),
    _known(
        "row_skipped",
        r"Row without name, text, or label is being skipped",
        msgid("A row without type and words was passed over."),
    ),
    _known(
        "no_type", r"Question with no type", msgid("A question has no type in the column “type”.")
    ),
    _known("no_name", r"Question or group with no name", msgid("A question or group has no name.")),
    _known(
        "unknown_type",
        r"Unknown question type '(?P<type>.*)'",
        msgid("The type “%(type)s” is not known. Look for a slip of the pen in the column “type”."),
    ),
    _known(
        "list_missing",
        r"List name not in (?:external )?choices sheet: (?P<list>\S+)",
        msgid("The list of choices “%(list)s” is not in the sheet of choices."),
    ),
    _known(
        "no_choices",
        r"Please ensure that the (?:external_)?choices sheet has",
        msgid(
            "The sheet “choices” is missing or lacks a column: it needs list_name, name and label."
        ),
    ),
    _known(
        "no_choices",
        r"There should be an? (?:external_)?choices sheet",
        msgid(
            "The sheet “choices” is missing or lacks a column: it needs list_name, name and label."
        ),
    ),
    _known(
        "choice_spaces",
        r"Choice names with spaces cannot be added",
        msgid("A value of a list with several answers holds a space. Write it without."),
    ),
    _known(
        "begin_without_end",
        r"Unmatched 'begin_(?P<kind>\w+)'.*for the name '(?P<name>[^']*)'",
        msgid("The group “%(name)s” begins and never ends. Add a row end_%(kind)s."),
    ),
    _known(
        "end_without_begin",
        r"Unmatched 'end_(?P<kind>\w+)'",
        msgid("A row end_%(kind)s stands where no group is open."),
    ),
    _known(
        "reference_unknown",
        r"Could not find the name '(?P<name>[^']*)'",
        msgid("The form refers to “%(name)s”, which is not one of its questions."),
    ),
    _known(
        "reference_unknown",
        r"There is no survey element named '(?P<name>[^']*)'",
        msgid("The form refers to “%(name)s”, which is not one of its questions."),
    ),
    _known(
        "reference_twice",
        r"The name '(?P<name>[^']*)' appears more than once",
        msgid("The form refers to “%(name)s”, which stands in it more than once."),
    ),
    _known(
        "reference_twice",
        r"There are multiple survey elements named '(?P<name>[^']*)'",
        msgid("The form refers to “%(name)s”, which stands in it more than once."),
    ),
    _known(
        "reference_signs",
        r"Reference variables must start with",
        msgid("A reference to a question is not whole: it is written ${name}."),
    ),
    _known(
        "reference_commas",
        r"Reference variable lists must have a comma",
        msgid("References to several questions are parted by commas: ${a}, ${b}."),
    ),
    _known(
        "calculation_missing",
        r"Missing calculation",
        msgid("A calculation is empty in the column “calculation”."),
    ),
    _known(
        "parameters",
        r"Parameters must be in the form of",
        msgid("The column “parameters” is written key=value, parted by spaces."),
    ),
    _known(
        "parameters",
        r"The accepted parameter keys for this question type are '(?P<accepted>.*?)'.*invalid parameter key\(s\): '(?P<rejected>.*?)'",
        msgid(
            "The column “parameters” has %(rejected)s, which this type does not know. It knows: %(accepted)s."
        ),
    ),
    _known(
        "range",
        r"For the 'range' question type, the parameters? '(?P<name>[^']*)' must be a number",
        msgid(
            "The range needs a number for “%(name)s” in the column “parameters”, such as start=1 end=5 step=1."
        ),
    ),
    _known(
        "range",
        r"For the 'range' question type",
        msgid(
            "The column “parameters” of a range does not fit together. It is written start=1 end=5 step=1."
        ),
    ),
    _known(
        "heading_twice",
        r"Headers that are different names for the same column were found: '(?P<one>[^']*)', '(?P<other>[^']*)'",
        msgid("The columns “%(one)s” and “%(other)s” mean the same. Keep one of them."),
    ),
    _known(
        "heading_twice",
        r"Duplicate column header: (?P<one>.+)",
        msgid("The column “%(one)s” stands twice. Keep one."),
    ),
    _known(
        "heading_missing",
        r"required column headers were not found: (?P<missing>.+?)\. Learn",
        msgid("A sheet lacks a column that it needs: %(missing)s."),
    ),
    _known(
        "heading_missing",
        r"Invalid headers provided for sheet: '(?P<sheet_name>[^']*)'",
        msgid(
            "The headings of the sheet “%(sheet_name)s” are not understood. They stand in its first row."
        ),
    ),
    _known(
        "heading_spaces",
        r"On the 'choices' sheet, the '(?P<column>[^']*)' value is invalid. Column headers must not",
        msgid("The heading “%(column)s” of the sheet “choices” is empty or holds a space."),
    ),
    _known(
        "sheet_misspelt",
        r"sheets with similar names were found: (?P<names>.+)\.",
        msgid("The sheet that a form needs was not found, but these look like it: %(names)s."),
    ),
    _known(
        "language_code",
        r"do not contain valid machine-readable codes: (?P<names>.+?)\. Learn",
        msgid("Languages are given without their code: %(names)s. Write for example ไทย (th)."),
    ),
    _known(
        "translations",
        r"(?:translations|default language)",
        msgid("Some words stand in one language only. What is missing is shown as “-”."),
    ),
    _known(
        "or_other",
        r"or_other",
        msgid("“or_other” has no translation of its own words; they are shown in Thai."),
    ),
    _known(
        "device_number",
        r"is no longer supported on most devices",
        msgid(
            "Telephone and SIM numbers can no longer be read on most devices; the question stays empty."
        ),
    ),
    _known(
        "disabled",
        r"'disabled' column header",
        msgid("The column “disabled” is out of use; write a condition in “relevant” instead."),
    ),
    _known(
        "external_filter",
        r"select one external is only meant for filtered",
        msgid(
            "A list of choices from outside is meant for choices that depend on an answer before."
        ),
    ),
    _known(
        "trigger",
        r"trigger",
        msgid("The column “trigger” refers to a question that it cannot follow."),
    ),
    _known(
        "loop",
        r"Repeat loop without list name|List name not in columns sheet",
        msgid("A loop has no list of choices to go along."),
    ),
    _known(
        "integer",
        r"(?P<name>[\w-]+) must have an integer value",
        msgid("“%(name)s” in the column “parameters” needs a whole number."),
    ),
    _known(
        "audit",
        r"Audits must always be named 'audit",
        msgid("A row of the type audit has no name: leave it empty."),
    ),
    _known(
        "entity_no_sheet",
        r"add an entities sheet and declare an entity",
        msgid("The column “save_to” is used, but there is no sheet “entities”."),
    ),
    _known(
        "entity_save_twice",
        r"save_to property '(?P<name>[^']*)' is already assigned",
        msgid("“%(name)s” is saved from two questions in the column “save_to”. Keep one."),
    ),
    _known(
        "entity_group",
        r"Groups and repeats can't be saved",
        msgid("A group cannot be saved with “save_to”: put it at a question."),
    ),
    _known(
        "entity_list",
        r"entity list name '(?P<name>[^']*)' was not found",
        msgid("The list “%(name)s” of the column “save_to” is not in the sheet “entities”."),
    ),
    _known(
        "entity_label",
        r"'label' is required when creating entities",
        msgid("The sheet “entities” needs the column “label” to make new entries."),
    ),
    _known(
        "entity", r"entit", msgid("The sheet “entities” or the column “save_to” is not understood.")
    ),
    _known(
        "instance",
        r"[Ii]nstance names? must be unique|same name as another",
        msgid("Two lists or files of the form have the same name."),
    ),
    _known(
        "calls",
        r"calculate.*relevant|trigger",
        msgid("A calculation and its condition do not fit together."),
    ),
)
