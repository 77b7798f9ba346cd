"""Instruments of supervision (แบบนิเทศ): how they are made, their versions, who was briefed on them, and what came back.

An instrument is made by pasting the rows of last year's form or from an XLSForm; both become one XForm and one parsed
definition, so that paper, phone and statistics read the same questions.
"""
