"""What a person is told inside the product (การแจ้งเตือน): a sentence, the record it is about, read or not.

Owns: `kinds` (kind -> sentence), `sending.tell` (called inside an action, in its transaction), `queries`. A notice belongs to
the office in which it arose and to one person. Marking as read is an action (`foundation.actions.reading_notices`).

Invariants: nobody is told of what they did themselves; the same unread thing is not told twice, it is told again later instead;
a notice links to its record only while the reader may see that record.
"""
