"""The shipped sheets of a visit, a module each: order, memorandum for leave, letter with schedule, report, copy, slip."""
